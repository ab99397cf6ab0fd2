"""Words as they were meant: slang, disguise, stretching and affixes undone; their places are told when asked for."""

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain

from lingkar.lexicon import book
from lingkar.lexicon.book import skeleton, without_one
from lingkar.lexicon.hint import Looked

LONGEST = 6000
"""Characters that are read; what lies behind is not looked at, so that nothing takes long."""
SPELLED_OUT = 4
SHORTEST_MISSPELT = 3
"""Single letters in a row that are one word, as in m a t i."""

MOST_KNOWN = 50_000
NEWLINE = ";"

_TOKEN = re.compile(r"\w+(?:['’*@$!]+\w+|\*+)*|[.!?…;,\n:\"“”]+|[\U0001F300-\U0001FAFF☠☺❤]+")
_CHUNK = re.compile(r"\n|\S+")
_LEET = str.maketrans({"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s", "!": "i"})
_STRETCH = re.compile(r"(.)\1{2,}")
_DOUBLE = re.compile(r"(.)\1")
_END = frozenset(".!?…;\n")
_LAUGHS = frozenset("😂🤣😆😹😝😜🤪")
_PREFIXES = (
    ("menge", ""), ("meng", ""), ("meny", "s"), ("men", "t"), ("mem", "p"), ("mem", ""), ("men", ""), ("me", ""),
    ("nge", ""), ("ng", "k"), ("ng", ""), ("ny", "s"), ("ny", "c"), ("n", "t"), ("m", "p"), ("ber", ""), ("ter", ""),
    ("ke", ""), ("di", ""), ("se", ""), ("per", ""), ("pem", "p"), ("pen", "t"), ("", ""),
)  # fmt: skip
_SUFFIXES = ("", "in", "kan", "an", "i", "lah", "kah", "nya", "kannya", "innya", "annya", "s", "ed", "ing")


@dataclass(frozen=True)
class Normal:
    """`words` in standard form, `|` for a pause, `||` for an end and always the last.

    `text` is the words with one space between and around them.
    """

    source: str
    words: tuple[str, ...]

    @cached_property
    def text(self) -> str:
        return f" {' '.join(self.words)} "

    @cached_property
    def known(self) -> frozenset[str]:
        return frozenset(self.words)

    @cached_property
    def sentences(self) -> list[list[str]]:
        """Words sentence by sentence, without pauses."""
        found: list[list[str]] = []
        said: list[str] = []
        for word in self.words:
            if word == "||":
                if said:
                    found.append(said)
                    said = []
            elif word != "|":
                said.append(word)
        return found

    @cached_property
    def looked(self) -> Looked:
        """As the hints look at it."""
        return Looked(self.sentences)

    @cached_property
    def _places(self) -> list[tuple[int, int]]:
        """Where in the source each word came from."""
        source = self.source[:LONGEST]
        if _is_spelled_out(_chunks(source)):
            tokens = _tokens(source)
        else:
            found = [(match.group(), match.start()) for match in _CHUNK.finditer(source)]
            tokens = [
                (token, at + start, at + min(end, len(chunk)))
                for chunk, at in found
                for token, start, end in _tokens(chunk if chunk != "\n" else NEWLINE)
            ]
        places = [(start, end) for token, start, end in tokens for _word in _standard(token)]
        return [*places, (len(source), len(source))]

    @cached_property
    def _starts(self) -> list[int]:
        starts, at = [], 1
        for word in self.words:
            starts.append(at)
            at += len(word) + 1
        return starts

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The place in the source of what lies between two places of `text`."""
        first = max(0, bisect_right(self._starts, start) - 1)
        last = max(first, bisect_right(self._starts, max(start, end - 1)) - 1)
        return self.span_of(first, last + 1)

    def span_of(self, first: int, after: int) -> tuple[int, int]:
        """The place in the source of the words from one index up to another."""
        return self._places[first][0], self._places[after - 1][1]


def normalise(text: str) -> Normal:
    """Every word of a text in its standard form."""
    source = text[:LONGEST]
    chunks = _chunks(source)
    if _is_spelled_out(chunks):
        words = chain.from_iterable(_standard(token) for token, _start, _end in _tokens(source))
    else:
        words = chain.from_iterable(map(_KNOWN.__getitem__, chunks))
    return Normal(text, (*words, "||"))


def _chunks(source: str) -> list[str]:
    """What stands between spaces; an end of line is an end of sentence."""
    return source.replace("\n", f" {NEWLINE} ").split()


def _is_spelled_out(chunks: list[str]) -> bool:
    return len([chunk for chunk in chunks if len(chunk) == 1]) >= SPELLED_OUT


def _tokens(text: str) -> list[tuple[str, int, int]]:
    """Words with their places; letters typed one by one, with or without dots, become one word."""
    found = [(match.group(), match.start(), match.end()) for match in _TOKEN.finditer(text)]
    merged: list[tuple[str, int, int]] = []
    at = 0
    while at < len(found):
        end, letters = at, ""
        while end < len(found) and len(found[end][0]) == 1 and found[end][0].isalpha():
            letters += found[end][0]
            end += 1
            if found[end : end + 1] and found[end][0] == "." and found[end][1] == found[end - 1][2]:
                end += 1
        if len(letters) >= SPELLED_OUT:
            merged.append((letters, found[at][1], found[end - 1][2]))
            at = end
        else:
            merged.append(found[at])
            at += 1
    return merged


class _Known(dict[str, tuple[str, ...]]):
    """Standard words for what stands between two spaces, worked out once."""

    def __missing__(self, chunk: str) -> tuple[str, ...]:
        if len(self) >= MOST_KNOWN:
            self.clear()
        found = self[chunk] = tuple(word for token, _start, _end in _tokens(chunk) for word in _standard(token))
        return found


_KNOWN = _Known()


def forget() -> None:
    """After the words of this installation changed."""
    _KNOWN.clear()
    _standard.cache_clear()
    _stem.cache_clear()


@lru_cache(maxsize=MOST_KNOWN)
def _standard(token: str) -> tuple[str, ...]:
    if token[0].isalnum() or token[0] == "_":
        return _word(token.lower())
    if not _LAUGHS.isdisjoint(token):
        return ("haha",)
    if not _END.isdisjoint(token):
        return ("||",)
    return ("|",) if token[0] < "\u2600" else ()


def _word(raw: str) -> tuple[str, ...]:
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


def _disguised(word: str) -> bool:
    """Digits or signs that stand for letters, as in b0doh and 4nj1ng; not a plain number or 5km."""
    letters = sum(letter.isalpha() for letter in word)
    return letters < len(word) and letters >= (3 if word[0].isdigit() else 1)


def _guess(word: str) -> str:
    """A word with stars in it, if it can only be one that the checks know."""
    if word.count("*") * 2 > len(word):
        return word
    pattern = re.compile(re.sub(r"\\\*", "[a-z]?", re.escape(word)))
    return next((known for known in book.guarded() if pattern.fullmatch(known)), word)


def _looked_up(word: str) -> tuple[str, ...]:
    for form in (word, _DOUBLE.sub(r"\1", word)):
        if form in book.slang():
            return tuple(book.slang()[form].split())
        if form in book.vocabulary():
            return (form,)
    return _without_affixes(word) or (_near(word),)


def _near(word: str) -> str:
    """A word that nobody writes, if it is a guarded one with vowels left out, or with one letter wrong."""
    if len(word) < SHORTEST_MISSPELT or word in book.common() or not word.isalpha():
        return word
    whole = book.skeletons().get(skeleton(word), "")
    if len(word) < len(whole) and _is_inside(word, whole):
        return whole
    if len(word) < book.SHORTEST_KEY:
        return word
    found = next((one for shorter in (word, *without_one(word)) if (one := book.misspellings().get(shorter))), word)
    return found if abs(len(found) - len(word)) <= 1 else word


def _is_inside(word: str, whole: str) -> bool:
    """Whether the letters of a word stand in another one in their order."""
    letters = iter(whole)
    return all(letter in letters for letter in word)


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


@lru_cache(maxsize=4096)
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
