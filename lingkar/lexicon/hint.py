"""Small linear hints: what words, neighbours, parts of words and pairs of meanings weigh, fitted on our own cases.

`script/fit` makes the numbers, docs/words.md says from what. Each feature counts once, and each kind of feature for as
much however many there are of it. Everything adds up, so a hint can say which words weighed most.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import chain, pairwise, product
from math import exp, sqrt

from lingkar.lexicon import book

REACH = 9
"""Two classes of words count as a pair when the second is less than this far behind the first."""
PIECES = (3, 4)
WINDOW = 90
"""Words that are weighed together at most: longer texts are weighed from each sentence on; the highest score counts."""
MOST_KNOWN = 50_000
PAUSES = ("|", "||")
FOLDER = book.DATA / "hints"

type Sentence = list[str]
type Meanings = Mapping[str, tuple[str, ...]]


@lru_cache(maxsize=MOST_KNOWN)
def pieces(word: str) -> frozenset[str]:
    """Parts of a word with its ends marked, so that an unknown spelling is not wholly unknown."""
    marked = f"<{word}>"
    return frozenset(marked[at : at + size] for size in PIECES for at in range(len(marked) - size + 1))


@dataclass(frozen=True)
class Seen:
    """What some sentences weigh by, each thing once: words, and neighbours within a sentence."""

    said: Sequence[Sentence]
    totals: dict[int, tuple[float, ...]] = field(default_factory=dict)
    _classes: dict[int, set[str | tuple[str, str]]] = field(default_factory=dict)

    @cached_property
    def words(self) -> frozenset[str]:
        return frozenset(chain.from_iterable(self.said))

    @cached_property
    def neighbours(self) -> frozenset[tuple[str, str]]:
        return frozenset(chain.from_iterable(map(pairwise, self.said)))

    @cached_property
    def count_of_pieces(self) -> int:
        """Of all words, each word's own."""
        return sum([len(pieces(word)) for word in self.words])

    def classes(self, meanings: Meanings) -> set[str | tuple[str, str]]:
        """Classes of meaning, alone and in pairs near each other within a sentence; hints of one kind share them."""
        if id(meanings) not in self._classes:
            self._classes[id(meanings)] = self._classed(meanings)
        return self._classes[id(meanings)]

    def _classed(self, meanings: Meanings) -> set[str | tuple[str, str]]:
        found: set[str | tuple[str, str]] = set()
        for one in self.said:
            placed = [(at, meanings[word]) for at, word in enumerate(one) if word in meanings]
            for index, (at, names) in enumerate(placed):
                found.update(names)
                for far, others in placed[index + 1 :]:
                    if far >= at + REACH:
                        break
                    found.update(product(names, others))
        return found

    def features(self, kinds: str, meanings: Meanings) -> Iterator[str]:
        """As the fitted files name them: w words, b neighbours, p parts of each word, c classes."""
        if "w" in kinds:
            yield from (f"w:{word}" for word in self.words)
        if "b" in kinds:
            yield from (f"b:{one} {other}" for one, other in self.neighbours)
        if "p" in kinds:
            yield from (f"p:{piece}" for word in self.words for piece in pieces(word))
        if "c" in kinds:
            found = self.classes(meanings)
            yield from (f"c:{one}" if isinstance(one, str) else f"c:{one[0]}~{one[1]}" for one in found)


@dataclass(frozen=True)
class Looked:
    """A text as the hints look at it: whole, or where it is long what is weighed together from each sentence on."""

    said: Sequence[Sentence]

    @cached_property
    def parts(self) -> tuple[Seen, ...]:
        return tuple(Seen(some) for some in _windows(self.said)) if self.said else ()

    @cached_property
    def whole(self) -> Seen:
        return self.parts[0] if len(self.parts) == 1 else Seen(self.said)


def _windows(said: Sequence[Sentence]) -> Iterator[Sequence[Sentence]]:
    sizes = list(map(len, said))
    for start in range(len(said)):
        end, words = start + 1, sizes[start]
        while end < len(said) and words + sizes[end] <= WINDOW:
            words += sizes[end]
            end += 1
        yield said[start:end]
        if end == len(said):
            return


type Row = tuple[float, ...]


class Shared:
    """Words, neighbours and parts of words, each with what it weighs for several answers: looked up once for all."""

    def __init__(self, weights: Mapping[str, Row], width: int) -> None:
        self.words, self.pieces = _of_kind(weights, "w"), _of_kind(weights, "p")
        self.neighbours = {_both(name, " "): row for name, row in _of_kind(weights, "b").items()}
        self.nothing: Row = (0.0,) * width
        self._of_pieces: dict[str, Row] = {}

    def totals(self, seen: Seen) -> Row:
        """For each answer; what is seen of one kind counts for as much however many there are."""
        known = seen.totals.get(id(self))
        if known is None:
            known = seen.totals[id(self)] = _added([self.nothing, *filter(None, self._of_kinds(seen))])
        return known

    def _of_kinds(self, seen: Seen) -> Iterator[Row]:
        yield _mean(self.words, seen.words)
        if self.neighbours:
            yield _mean(self.neighbours, seen.neighbours)
        if self.pieces and seen.words:
            root = sqrt(seen.count_of_pieces)
            yield tuple([sum(column) / root for column in zip(*map(self._weigh_pieces, seen.words), strict=True)])

    def _weigh_pieces(self, word: str) -> Row:
        known = self._of_pieces.get(word)
        if known is None:
            if len(self._of_pieces) >= MOST_KNOWN:
                self._of_pieces.clear()
            rows = [self.pieces[piece] for piece in pieces(word) if piece in self.pieces]
            known = self._of_pieces[word] = _added([self.nothing, *rows])
        return known


class Hint:
    """One yes-or-no question, or how much speaks for one answer: the one `at` this place of what is shared."""

    def __init__(self, bias: float, shared: Shared, at: int, weights: Mapping[str, float], meanings: Meanings) -> None:
        self.bias, self.shared, self.at, self.meanings = bias, shared, at, meanings
        self.marks = _of_kind(weights, "r") | _of_kind(weights, "v")
        self.classes: dict[str | tuple[str, str], float] = {
            (_both(name, "~") if "~" in name else name): weight for name, weight in _of_kind(weights, "c").items()
        }

    def score(self, looked: Looked) -> float:
        """The highest score of what is weighed together, 0 being the border."""
        return max(map(self.total, looked.parts), default=self.bias)

    def total(self, seen: Seen) -> float:
        """What everything weighs together."""
        total = self.bias + self.shared.totals(seen)[self.at]
        if self.classes and (found := seen.classes(self.meanings)):
            total += sum([self.classes[one] for one in found if one in self.classes]) / sqrt(len(found))
        return total

    def marked(self, more: Iterable[str]) -> float:
        """What rules weigh that matched, or that something voided."""
        return sum(self.marks.get(name[2:], 0.0) for name in more)

    def strongest(self, words: Sequence[str]) -> tuple[int, int]:
        """The words, from one index up to another, that weighed most: one, with another near it that adds to it."""
        weighed = [self._alone(word) if word not in PAUSES else float("-inf") for word in words]
        top = max(range(len(words)), key=weighed.__getitem__)
        best, beside = 0.0, top
        for at in range(max(0, top - REACH + 1), min(len(words), top + REACH)):
            if at == top or words[at] in PAUSES or "||" in words[min(at, top) : max(at, top)]:
                continue
            adds = self._together(words, min(at, top), max(at, top))
            if adds > best:
                best, beside = adds, at
        return min(top, beside), max(top, beside) + 1

    def _alone(self, word: str) -> float:
        of_classes = sum(self.classes.get(name, 0.0) for name in self.meanings.get(word, ()))
        return self.shared.words.get(word, self.shared.nothing)[self.at] + of_classes

    def _together(self, words: Sequence[str], one: int, other: int) -> float:
        pairs = product(self.meanings.get(words[one], ()), self.meanings.get(words[other], ()))
        adds = sum(self.classes.get(pair, 0.0) for pair in pairs)
        beside = self.shared.neighbours.get((words[one], words[other]), self.shared.nothing)[self.at]
        return adds + (beside if other == one + 1 else 0.0)


def _added(rows: Sequence[Row]) -> Row:
    return tuple(map(sum, zip(*rows, strict=True)))


def _mean[K](weights: Mapping[K, Row], seen: Collection[K]) -> Row:
    """The sums over the root of how much is seen of one kind, so that length alone says nothing; empty for nothing."""
    root = sqrt(len(seen))
    rows = [weights[one] for one in seen if one in weights]
    return tuple([sum(column) / root for column in zip(*rows, strict=True)])


def _of_kind[W](weights: Mapping[str, W], kind: str) -> dict[str, W]:
    return {name[2:]: weight for name, weight in weights.items() if name[0] == kind}


def _both(name: str, between: str) -> tuple[str, str]:
    one, _between, other = name.partition(between)
    return one, other


class Choice:
    """One of several answers: what speaks most for it."""

    def __init__(self, hints: Mapping[str, Hint]) -> None:
        self.hints = hints

    def ranked(self, looked: Looked, more: Sequence[str] = ()) -> list[tuple[str, float]]:
        """Answers with their probability, the likeliest first. `more`: rules that matched or were voided."""
        sums = {answer: one.total(looked.whole) + one.marked(more) for answer, one in self.hints.items()}
        top = max(sums.values())
        odds = {answer: exp(total - top) for answer, total in sums.items()}
        whole = sum(odds.values())
        return sorted(((answer, odd / whole) for answer, odd in odds.items()), key=lambda pair: -pair[1])


TOGETHER = (("safety", "attack", "retell"), ("supportive", "specific", "actionable"))
"""Questions asked of the same texts."""


@lru_cache(maxsize=16)
def hint(name: str) -> Hint:
    """A fitted question. Numbers in its file are hundredths."""
    return _together(next(names for names in TOGETHER if name in names))[name]


@lru_cache(maxsize=4)
def _together(names: tuple[str, ...]) -> dict[str, Hint]:
    found = [_rows(name) for name in names]
    rows = {feature: tuple([one.get(feature, (0.0,))[0] for one in found]) for feature in dict.fromkeys(chain(*found))}
    shared = Shared(rows, len(names))
    return {name: _hint(name, shared, at, rows) for at, name in enumerate(names)}


def _hint(name: str, shared: Shared, at: int, rows: Mapping[str, Row]) -> Hint:
    """Classes of meaning are each question's own."""
    weights = {feature: row[at] for feature, row in rows.items() if feature[0] in "crv" and row[at]}
    return Hint(rows["bias"][at], shared, at, weights, book.meanings(_header(name)["classes"]))


@lru_cache(maxsize=4)
def choice(name: str) -> Choice:
    """A fitted choice; the file's header names its answers."""
    rows, answers = _rows(name), _header(name)["answers"].split()
    shared = Shared(rows, len(answers))
    return Choice({answer: _hint(name, shared, at, rows) for at, answer in enumerate(answers)})


def _header(name: str) -> dict[str, str]:
    lines = (FOLDER / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return dict(line[2:].split(": ", 1) for line in lines if line.startswith("# "))


def _rows(name: str) -> dict[str, tuple[float, ...]]:
    found: dict[str, tuple[float, ...]] = {}
    for line in (FOLDER / f"{name}.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith("# "):
            feature, *numbers = line.split("\t")
            found[feature] = tuple(int(number) / 100 for number in numbers)
    return found


def forget() -> None:
    """After a file changed."""
    hint.cache_clear()
    _together.cache_clear()
    choice.cache_clear()
