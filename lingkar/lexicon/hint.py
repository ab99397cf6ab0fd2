"""Small linear hints: what words, parts of words and pairs of words weigh, as plain numbers fitted on our own cases.

`script/fit` makes the numbers, docs/words.md says from what. Everything adds up within a sentence, so a hint can say
which words weighed most, and what stands in another sentence changes little.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from math import exp

from lingkar.lexicon import book

REACH = 9
"""Two classes of words count as a pair when the second is less than this far behind the first."""
PIECES = (3, 4)
TOGETHER = 3
"""Sentences that are weighed together at most."""
SHORTEST, PER = 6, 4.0
MOST_KNOWN = 50_000
PAUSES = ("|", "||")
FOLDER = book.DATA / "hints"

type Sentence = list[str]
type Meanings = Mapping[str, tuple[str, ...]]


def pieces(word: str) -> set[str]:
    """Parts of a word with its ends marked, so that an unknown spelling is not wholly unknown."""
    marked = f"<{word}>"
    return {marked[at : at + size] for size in PIECES for at in range(len(marked) - size + 1)}


def features(said: Sentence, meanings: Meanings) -> Iterator[str]:
    """What a sentence weighs by: its words, their parts, and classes of meaning, alone and in pairs."""
    for word in said:
        yield f"w:{word}"
        for piece in pieces(word):
            yield f"p:{piece}"
    placed = [(at, name) for at, word in enumerate(said) for name in meanings.get(word, ())]
    for at, name in placed:
        yield f"c:{name}"
        for far, other in placed:
            if at < far < at + REACH:
                yield f"c:{name}~{other}"


def damping(words: int) -> float:
    """Long texts say more of everything; so that length alone says nothing, sums are divided by this."""
    return (words + SHORTEST) / PER


def _best(sums: Sequence[tuple[float, int]]) -> float:
    """The highest damped sum of up to three neighbours. `sums`: what each sentence weighs, and its words."""
    if len(sums) == 1:
        return sums[0][0] / damping(sums[0][1])
    best = float("-inf")
    for at in range(len(sums)):
        weight, words = 0.0, 0
        for more, count in sums[at : at + TOGETHER]:
            weight, words = weight + more, words + count
            best = max(best, weight / damping(words))
    return best


class Hint:
    """One yes-or-no question, or how much speaks for one answer."""

    def __init__(self, bias: float, weights: Mapping[str, float], meanings: Meanings) -> None:
        self.bias, self.weights, self.meanings = bias, weights, meanings
        self._known: dict[str, tuple[float, tuple[str, ...]]] = {}
        self._pairs: dict[tuple[tuple[str, ...], tuple[str, ...]], float] = {}

    def score(self, said: Sequence[Sentence]) -> float:
        """The highest score of up to three neighbouring sentences, 0 being the border."""
        return self.bias + _best([(self._sum(one), len(one)) for one in said])

    def total(self, said: Sequence[Sentence], more: Sequence[str] = ()) -> float:
        """The score of everything together. `more`: features that do not come from words."""
        return self.bias + sum(map(self._sum, said)) / damping(sum(map(len, said))) + self.marked(more)

    def marked(self, more: Sequence[str]) -> float:
        """What features weigh that do not come from words."""
        return sum(self.weights.get(name, 0.0) for name in more)

    def _sum(self, said: Sentence) -> float:
        """What words weigh by themselves, and in pairs by what they mean."""
        known, pairs = self._known, self._pairs
        total, placed = 0.0, []
        for at, word in enumerate(said):
            weight, names = known.get(word) or self._learn(word)
            total += weight
            if names:
                placed.append((at, names))
        for index, (at, names) in enumerate(placed):
            for far, others in placed[index + 1 :]:
                if far >= at + REACH:
                    break
                weighs = pairs.get((names, others))
                total += self._pair(names, others) if weighs is None else weighs
        return total

    def _learn(self, word: str) -> tuple[float, tuple[str, ...]]:
        """The weight of a word with its parts and classes, and those classes; kept for the next time."""
        if len(self._known) >= MOST_KNOWN:
            self._known.clear()
        get, names = self.weights.get, self.meanings.get(word, ())
        parts = sum(get(f"p:{piece}", 0.0) for piece in pieces(word)) + sum(get(f"c:{name}", 0.0) for name in names)
        found = self._known[word] = (get(f"w:{word}", 0.0) + parts, names)
        return found

    def _pair(self, names: tuple[str, ...], others: tuple[str, ...]) -> float:
        get = self.weights.get
        found = self._pairs[names, others] = sum(get(f"c:{name}~{other}", 0.0) for name in names for other in others)
        return found

    def strongest(self, words: Sequence[str]) -> tuple[int, int]:
        """The words, from one index up to another, that weighed most: one, with another whose meaning adds to it."""
        weighed = [
            (self._known.get(word) or self._learn(word))[0] if word not in PAUSES else float("-inf") for word in words
        ]
        top = max(range(len(words)), key=weighed.__getitem__)
        names, best, beside = self.meanings.get(words[top], ()), 0.0, top
        for at in range(max(0, top - REACH + 1), min(len(words), top + REACH)):
            others = self.meanings.get(words[at], ())
            if at == top or not others or "||" in words[min(at, top) : max(at, top)]:
                continue
            adds = self._pair(names, others) if at > top else self._pair(others, names)
            if adds > best:
                best, beside = adds, at
        return min(top, beside), max(top, beside) + 1


class Choice:
    """One of several answers: what speaks most for it."""

    def __init__(self, hints: Mapping[str, Hint]) -> None:
        self.hints = hints

    def ranked(self, said: Sequence[Sentence], more: Sequence[str] = ()) -> list[tuple[str, float]]:
        """Answers with their probability, the likeliest first. `more`: features that do not come from words."""
        sums = {answer: one.total(said, more) for answer, one in self.hints.items()}
        top = max(sums.values())
        odds = {answer: exp(total - top) for answer, total in sums.items()}
        whole = sum(odds.values())
        return sorted(((answer, odd / whole) for answer, odd in odds.items()), key=lambda pair: -pair[1])


@lru_cache(maxsize=16)
def hint(name: str) -> Hint:
    """A fitted question. Numbers in its file are hundredths."""
    rows = _rows(name)
    (bias,) = rows.pop("bias")
    weights = {feature: numbers[0] for feature, numbers in rows.items()}
    return Hint(bias, weights, book.meanings(_header(name)["classes"]))


@lru_cache(maxsize=4)
def choice(name: str) -> Choice:
    """A fitted choice; the file's header names its answers."""
    rows = _rows(name)
    biases = rows.pop("bias")
    answers = _header(name)["answers"].split()
    parts = [{feature: weights[at] for feature, weights in rows.items() if weights[at]} for at in range(len(answers))]
    meanings = book.meanings(_header(name)["classes"])
    return Choice({answer: Hint(biases[at], parts[at], meanings) for at, answer in enumerate(answers)})


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
    choice.cache_clear()
