"""Words of one installation: one file in its data folder, added by a counsellor and read with the shipped ones."""

from pathlib import Path

from lingkar.lexicon import book, normal

FILE = "words.tsv"
KINDS = ("slang", "insult", "idiom", "risk")
CLASSES = {"insult": "FOUL", "idiom": "IDIOM", "risk": "SUICIDE"}
"""What a kind adds to: an insult, a harmless saying, a way to say suicide."""


def add(path: Path, kind: str, word: str, meaning: str = "") -> None:
    """Raises `ValueError` for a kind we do not know, an empty word, or slang without a meaning."""
    if kind not in KINDS or not word.strip() or (kind == "slang") != bool(meaning.strip()):
        raise ValueError(kind)
    if any(sign in word + meaning for sign in "\t\n"):
        raise ValueError(word)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as lines:
        lines.write(f"{kind}\t{word.strip().lower()}\t{meaning.strip().lower()}\n")
    use(path)


def use(path: Path) -> None:
    """Take the words of a file into account from now on; a missing file means none."""
    slang: dict[str, str] = {}
    classes: dict[str, list[str]] = {}
    for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
        kind, word, meaning = line.split("\t")
        if kind == "slang":
            slang[word] = meaning
        else:
            classes.setdefault(CLASSES[kind], []).append(word)
    book.add_local(slang, classes)
    normal.forget()
