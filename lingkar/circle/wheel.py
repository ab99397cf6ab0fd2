"""The eighth view: the seven together, felt beside observed, and one thing to try next. Never a score of a person."""

from collections.abc import Sequence
from dataclasses import dataclass

from lingkar.circle import rules
from lingkar.circle.events import PulseGiven
from lingkar.principles.contract import Reading, Sight
from lingkar.principles.responsibility.events import Admitted

BELONGING = "belonging"
ITEMS = (*rules.PRINCIPLES, BELONGING)
FEWEST = 3
"""Answers from which on a distribution may be shown: with fewer, it would tell whose it is."""


@dataclass(frozen=True)
class Felt:
    """How one item was answered: counts of 1 to 5, how many passed or did not answer at all."""

    counts: tuple[int, ...]
    missing: int

    @property
    def answered(self) -> int:
        return sum(self.counts)

    @property
    def is_shown(self) -> bool:
        return self.answered >= FEWEST

    @property
    def share(self) -> float | None:
        """Mean answer as 0 to 1; None while it may not be shown."""
        if not self.is_shown:
            return None
        return (self.mean - 1) / 4

    @property
    def mean(self) -> float:
        """Mean answer, 1 to 5; only for what may be shown."""
        return sum(value * count for value, count in enumerate(self.counts, start=1)) / self.answered


@dataclass(frozen=True)
class Spoke:
    """One asas (or belonging, which is only felt)."""

    item: str
    observed: Reading | None
    felt: Felt


@dataclass(frozen=True)
class Suggestion:
    """The one thing to try next time, and whether what was felt or what was seen is the reason."""

    item: str
    reason: str


def members(sight_events: Sequence[object]) -> tuple[str, ...]:
    """Memberships that were let in, in the order they came."""
    return tuple(dict.fromkeys(event.member for event in sight_events if isinstance(event, Admitted)))


def spokes(sight: Sight) -> list[Spoke]:
    """Seven asas and belonging, in their order."""
    readings = rules.readings(sight)
    pulses = sight.of(PulseGiven)
    return [
        Spoke(item, readings.get(item), felt([pulse.answers[at] for pulse in pulses], len(sight.members)))
        for at, item in enumerate(ITEMS)
    ]


def felt(answers: Sequence[int], present: int) -> Felt:
    """Answers of 0 were passed; who gave none is missing, never a zero."""
    counts = tuple(sum(1 for answer in answers if answer == value) for value in range(1, 6))
    return Felt(counts, max(0, present - sum(counts)))


def suggestion(found: Sequence[Spoke]) -> Suggestion | None:
    """The lowest of what may be shown, felt before observed; None where there is nothing to go by."""
    felt_low = [(spoke.felt.share, spoke.item) for spoke in found if spoke.felt.share is not None]
    if felt_low:
        return Suggestion(min(felt_low)[1], "felt")
    seen_low = [
        (spoke.observed.share, spoke.item) for spoke in found if spoke.observed and spoke.observed.share is not None
    ]
    return Suggestion(min(seen_low)[1], "observed") if seen_low else None
