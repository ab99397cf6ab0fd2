"""The rules as data: classes of words, frames over them, and slang; each file with its source and licence."""

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data"
_CLASS = re.compile(r"\{([A-Z_]+)\}")
_FILL = re.compile(r"~(\d)")
COMMON = frozenset(
    "tidak ada aku diri dari my to be not i di lagi saja the of and ke yang it all for".split()  # noqa: SIM905
)
"""Words too common to tell whether a frame may match."""
_LETTERS = re.compile(r"[a-z]+")


@dataclass(frozen=True)
class Rule:
    """One frame: its id, what it says, and the pattern over normalised text.

    `needs`: one of these words must be there at all. `beside`: something that must stand in the same sentence,
    `apart`: something that must not.
    `catch` and `leave` are sentences that the tests hold it to.
    """

    id: str
    level: int
    pattern: re.Pattern[str]
    needs: frozenset[str]
    beside: re.Pattern[str] | None
    apart: re.Pattern[str] | None
    catch: str
    leave: str


_LOCAL_SLANG: dict[str, str] = {}
_LOCAL_CLASSES: dict[str, list[str]] = {}


def add_local(slang_words: dict[str, str], class_words: dict[str, list[str]]) -> None:
    """Words of this installation stand beside the shipped ones; what was read before is read anew."""
    _LOCAL_SLANG.clear()
    _LOCAL_SLANG.update(slang_words)
    _LOCAL_CLASSES.clear()
    _LOCAL_CLASSES.update({name: [re.escape(word) for word in words] for name, words in class_words.items()})
    forget()


def forget() -> None:
    """Everything is read anew at its next use."""
    slang.cache_clear()
    classes.cache_clear()
    meanings.cache_clear()
    skeletons.cache_clear()
    misspellings.cache_clear()
    common.cache_clear()
    vocabulary.cache_clear()
    guarded.cache_clear()
    rules.cache_clear()
    pattern.cache_clear()
    frame.cache_clear()
    lone.cache_clear()
    single.cache_clear()
    leaks.cache_clear()
    public_numbers.cache_clear()
    thresholds.cache_clear()
    _points.cache_clear()
    sentences.cache_clear()


@lru_cache(maxsize=1)
def slang() -> dict[str, str]:
    """Typed form -> standard words; those of this installation come last and win."""
    found = {}
    for line in (DATA / "slang.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        form, standard, _source, _licence = line.split("\t")
        found[form] = standard
    return {**found, **_LOCAL_SLANG}


@lru_cache(maxsize=1)
def classes() -> dict[str, list[str]]:
    """Name -> words or short phrases, in standard form."""
    found: dict[str, list[str]] = {}
    for path in sorted(DATA.glob("*.toml")):
        read = tomllib.loads(path.read_text(encoding="utf-8"))
        for name, words in read.get("classes", {}).items():
            found.setdefault(name, []).extend(words)
    for name, words in _LOCAL_CLASSES.items():
        found.setdefault(name, []).extend(words)
    return found


@lru_cache(maxsize=8)
def meanings(classes_named: str) -> dict[str, tuple[str, ...]]:
    """Word -> those of its classes whose name begins with one of the given ones."""
    wanted = tuple(classes_named.split())
    found: dict[str, list[str]] = {}
    for name, words in classes().items():
        for word in words if name.startswith(wanted) else ():
            if " " not in word:
                found.setdefault(word, []).append(name)
    return {word: tuple(names) for word, names in found.items()}


@lru_cache(maxsize=1)
def vocabulary() -> frozenset[str]:
    """Single words that any frame knows; of affixes nothing else is freed."""
    found: set[str] = set()
    for path in sorted(DATA.glob("*.toml")):
        read = tomllib.loads(path.read_text(encoding="utf-8"))
        if "rule" not in read:
            continue
        for name, phrases in classes().items():
            if name in read["classes"]:
                found.update(word for phrase in phrases for word in _LETTERS.findall(phrase))
        for rule in read["rule"]:
            found.update(_LETTERS.findall(_CLASS.sub(" ", rule["pattern"])))
    return frozenset(word for word in found if len(word) > 2)


SHORTEST_KEY = 5
_VOWELS = re.compile(r"[aeiou]|(.)(?=\1)")


def skeleton(word: str) -> str:
    """A word without its vowels and doubled letters, its first letter kept."""
    return word[0] + _VOWELS.sub("", word[1:])


def without_one(word: str) -> list[str]:
    """A word with each of its letters but the first left out in turn."""
    return [word[:at] + word[at + 1 :] for at in range(1, len(word))]


@lru_cache(maxsize=1)
def skeletons() -> dict[str, str]:
    """What is left of a guarded word without its vowels -> the word."""
    return {skeleton(word): word for word in guarded() if len(skeleton(word)) > 2}


@lru_cache(maxsize=1)
def misspellings() -> dict[str, str]:
    """A guarded word, whole or with one letter missing -> the word."""
    keys = [word for word in guarded() if len(word) >= SHORTEST_KEY]
    return {shorter: word for word in keys for shorter in (word, *without_one(word))}


@lru_cache(maxsize=1)
def common() -> frozenset[str]:
    """Words that our own cases hold more than once; they mean themselves."""
    path = DATA / "common.txt"
    return frozenset(path.read_text(encoding="utf-8").split()) if path.exists() else frozenset()


@lru_cache(maxsize=1)
def guarded() -> tuple[str, ...]:
    """Words that people hide behind stars."""
    return tuple(classes()["HIDDEN"])


def expand(pattern: str) -> str:
    """`{NAME}` becomes the class, `~3` up to three words of the same clause."""

    def one(match: re.Match[str]) -> str:
        return "(?:" + "|".join(sorted(classes()[match.group(1)], key=len, reverse=True)) + ")"

    filled = _FILL.sub(lambda match: rf"(?:[^| ]+ ){{0,{match.group(1)}}}", pattern)
    return _CLASS.sub(one, _CLASS.sub(one, filled))


@lru_cache(maxsize=16)
def rules(name: str) -> tuple[Rule, ...]:
    """The frames of one file, in their order."""
    read = tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))
    return tuple(_rule(item) for item in read["rule"])


def _rule(item: dict[str, Any]) -> Rule:
    return Rule(
        id=item["id"],
        level=item.get("level", 1),
        pattern=re.compile(rf" (?:{expand(item['pattern'])})(?= )"),
        needs=frozenset(_LETTERS.findall(expand(item.get("needs", item["pattern"])))) - COMMON,
        beside=pattern(item["with"]) if "with" in item else None,
        apart=pattern(item["without"]) if "without" in item else None,
        catch=item["catch"],
        leave=item["leave"],
    )


@lru_cache(maxsize=32)
def pattern(name: str) -> re.Pattern[str]:
    """Any word of a class."""
    return re.compile(rf" {expand('{' + name + '}')}(?= )")


@lru_cache(maxsize=64)
def frame(text: str) -> re.Pattern[str]:
    """A pattern over classes, compiled once."""
    return re.compile(expand(text))


@lru_cache(maxsize=8)
def lone(name: str, file: str = "safety") -> re.Pattern[str]:
    """A frame that stands by itself under `[frames]`."""
    return frame(tomllib.loads((DATA / f"{file}.toml").read_text(encoding="utf-8"))["frames"][name])


@lru_cache(maxsize=8)
def single(name: str) -> frozenset[str]:
    """The single words of a class."""
    return frozenset(word for phrase in classes()[name] for word in phrase.split())


NAMES = "AA"
_TWO_NAMES = re.compile(r"[A-Z][a-z]+ [A-Z][a-z]")


@dataclass(frozen=True)
class Trace:
    """A pattern over the text as typed.

    Without one of the letters in `sign` (a number: more digits than that; "AA": two names), and one of `words` where
    there are any, it cannot match.
    """

    sign: str
    words: frozenset[str]
    pattern: re.Pattern[str]
    id: str
    en: str
    catch: str
    leave: str

    def may_match(self, text: str, known: frozenset[str], digits: int) -> bool:
        if self.words and self.words.isdisjoint(known):
            return False
        if self.sign.isdigit():
            return digits > int(self.sign)
        if not self.sign or self.sign == NAMES:
            return not self.sign or bool(_TWO_NAMES.search(text))
        return any(one in text for one in self.sign)


@lru_cache(maxsize=1)
def leaks() -> dict[str, Trace]:
    """Kind -> what it looks like."""
    read = tomllib.loads((DATA / "leak.toml").read_text(encoding="utf-8"))["patterns"]
    return {
        kind: Trace(
            **{**item, "words": frozenset(item.get("words", "").split()), "pattern": re.compile(item["pattern"])}
        )
        for kind, item in read.items()
    }


@lru_cache(maxsize=1)
def public_numbers() -> frozenset[str]:
    """Help lines that anybody may write."""
    return frozenset(tomllib.loads((DATA / "leak.toml").read_text(encoding="utf-8"))["public"])


@lru_cache(maxsize=4)
def thresholds(name: str) -> dict[str, float]:
    """Scores from which a check says yes; the file explains each."""
    return dict(tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))["thresholds"])


@lru_cache(maxsize=2)
def _points(language: str) -> tuple[tuple[float, float], ...]:
    read = tomllib.loads((DATA / "safety.toml").read_text(encoding="utf-8"))["needed"]
    return tuple((words, score) for words, score in read[language])


def needed(words: int, language: str) -> float:
    """The score that the safety hint alone needs for a text of so many words, "indonesian" or "english"."""
    points = _points(language)
    for (few, low), (many, high) in pairwise(points):
        if words <= many:
            return low + (high - low) * max(0.0, words - few) / (many - few)
    return points[-1][1]


@lru_cache(maxsize=8)
def sentences(name: str) -> dict[str, dict[str, str]]:
    """What is shown, by kind and language."""
    read = tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))
    return dict(read["sentences"])
