"""Words as they were meant, with the place they had: slang, disguise, stretching and affixes undone, offsets kept."""

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

from lingkar.lexicon import book

LONGEST = 6000
"""Characters that are read; what lies behind is not looked at, so that nothing takes long."""

_WORD = re.compile(r"(?:\w\.){2,}\w\b|\w(?:[\w'’*@$]*[\w*])?|[.!?;,\n:\"“”]+")
_LEET = str.maketrans({"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s"})
_STRETCH = re.compile(r"(.)\1{2,}")
_DOUBLE = re.compile(r"(.)\1")
_END = re.compile(r"[.!?;\n]")
_PREFIXES = (
    ("menge", ""), ("meng", ""), ("meny", "s"), ("men", "t"), ("mem", "p"), ("mem", ""), ("men", ""), ("me", ""),
    ("nge", ""), ("ng", "k"), ("ng", ""), ("ny", "s"), ("ny", "c"), ("n", "t"), ("m", "p"), ("ber", ""), ("ter", ""),
    ("ke", ""), ("di", ""), ("se", ""), ("per", ""), ("pem", "p"), ("pen", "t"), ("", ""),
)  # fmt: skip
_SUFFIXES = ("", "in", "kan", "an", "i", "lah", "kah", "nya", "kannya", "innya", "annya", "s", "ed", "ing")


@dataclass(frozen=True)
class Normal:
    """`text` is standard words with one space between and around them, `|` at a pause, `||` at an end
    and always the last.

    `starts` are the places of the words in `text`, `spans` where each of them came from.
    """

    text: str
    starts: tuple[int, ...]
    spans: tuple[tuple[int, int], ...]
    words: frozenset[str]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The place in the original of what lies between two places of `text`."""
        first = max(0, bisect_right(self.starts, start) - 1)
        last = max(first, bisect_right(self.starts, max(start, end - 1)) - 1)
        return self.spans[first][0], self.spans[last][1]


def normalise(text: str) -> Normal:
    """Every word of a text in its standard form."""
    words: list[str] = []
    spans: list[tuple[int, int]] = []
    for match in _merged(text[:LONGEST]):
        for word in _standard(match[0]):
            words.append(word)
            spans.append((match[1], match[2]))
    words.append("||")
    spans.append((min(len(text), LONGEST), min(len(text), LONGEST)))
    starts, at = [], 1
    for word in words:
        starts.append(at)
        at += len(word) + 1
    return Normal(f" {' '.join(words)} ", tuple(starts), tuple(spans), frozenset(words))


def _merged(text: str) -> list[tuple[str, int, int]]:
    """Words with their places; letters typed one by one become one word."""
    found = [(match.group(), match.start(), match.end()) for match in _WORD.finditer(text)]
    merged: list[tuple[str, int, int]] = []
    at = 0
    while at < len(found):
        end = at
        while end < len(found) and len(found[end][0]) == 1 and found[end][0].isalpha():
            end += 1
        if end - at >= 4:
            merged.append(("".join(item[0] for item in found[at:end]), found[at][1], found[end - 1][2]))
            at = end
        else:
            merged.append(found[at])
            at += 1
    return merged


def _standard(raw: str) -> list[str]:
    if not (raw[0].isalnum() or raw[0] == "_"):
        return ["||"] if _END.search(raw) else ["|"]
    return list(_word(raw.lower()))


@lru_cache(maxsize=20_000)
def _word(raw: str) -> tuple[str, ...]:
    """Standard words for one typed word."""
    word = unicodedata.normalize("NFKD", raw)
    word = "".join(letter for letter in word if not unicodedata.combining(letter))
    word = word.replace("'", "").replace("’", "").replace(".", "").replace("_", "")
    if not word:
        return ()
    if len(word) > 2 and word[-1] == "2" and word[:-1].isalpha():
        word = word[:-1]
    if _disguised(word):
        word = word.translate(_LEET)
    if "*" in word:
        word = _guess(word)
    return _looked_up(_STRETCH.sub(r"\1", word))


def forget() -> None:
    """After the words of this installation changed."""
    _word.cache_clear()


def _disguised(word: str) -> bool:
    """Digits or signs that stand for letters, as in b0doh and 4nj1ng; not a plain number or 5km."""
    letters = sum(letter.isalpha() for letter in word)
    return letters < len(word) and letters >= (3 if word[0].isdigit() else 1)


def _guess(word: str) -> str:
    """A word with stars in it, if it can only be one that the checks know."""
    if word.count("*") * 2 > len(word):
        return word
    pattern = re.compile(word.replace("*", "[a-z]?"))
    return next((known for known in book.guarded() if pattern.fullmatch(known)), word)


def _looked_up(word: str) -> tuple[str, ...]:
    for form in (word, _DOUBLE.sub(r"\1", word)):
        if form in book.slang():
            return tuple(book.slang()[form].split())
        if form in book.vocabulary():
            return (form,)
    return _without_affixes(word) or (word,)


def _without_affixes(word: str) -> tuple[str, ...]:
    """`kubunuh` is "aku bunuh", `hidupku` "hidup aku", `dipukulin` "di pukul"; empty where nothing known is inside."""
    if len(word) < 5:
        return ()
    for prefix, person in (("ku", "aku"), ("kau", "kamu")):
        if word.startswith(prefix) and (stem := _stem(word[len(prefix) :])):
            return (person, *stem)
    for suffix, person in (("ku", "aku"), ("mu", "kamu"), ("nya", "")):
        if word.endswith(suffix) and (stem := _stem(word[: -len(suffix)])):
            return (*stem, person) if person else stem
    if word.startswith("di") and (stem := _stem(word[2:])):
        return ("di", *stem)
    return _stem(word)


def _stem(word: str) -> tuple[str, ...]:
    """What is known inside: the word itself first, then with fewer and fewer affixes."""
    if word in book.vocabulary():
        return (word,)
    if word in book.slang():
        return tuple(book.slang()[word].split())
    for suffix in _SUFFIXES:
        if not word.endswith(suffix):
            continue
        body = word[: len(word) - len(suffix)] if suffix else word
        for prefix, letter in _PREFIXES:
            if body.startswith(prefix):
                stem = letter + body[len(prefix) :]
                if len(stem) >= 3 and stem in book.vocabulary():
                    return (stem,)
                if len(stem) >= 3 and stem in book.slang():
                    return tuple(book.slang()[stem].split())
    return ()
