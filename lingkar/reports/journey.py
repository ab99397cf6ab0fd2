"""The group over its sessions: what moved, what was tried, what is said of the whole. Counts of three or more only."""

from collections.abc import Sequence
from dataclasses import dataclass

from lingkar.circle import wheel
from lingkar.circle.events import OutcomeGiven
from lingkar.principles.contract import Sight
from lingkar.principles.responsibility.commitments import Commitment, commitments


@dataclass(frozen=True)
class Step:
    """One session on the way."""

    number: int
    present: int
    spokes: tuple[wheel.Spoke, ...]


@dataclass(frozen=True)
class Journey:
    steps: tuple[Step, ...]
    plans: tuple[Commitment, ...]
    change: wheel.Felt

    @property
    def kept(self) -> int:
        return sum(one.is_kept for one in self.plans)

    @property
    def told(self) -> int:
        return sum(one.review is not None for one in self.plans)

    @property
    def rows(self) -> list[tuple[str, list[wheel.Spoke]]]:
        """Each item with its spoke of every session."""
        return [(item, [step.spokes[at] for step in self.steps]) for at, item in enumerate(wheel.ITEMS)]


def journey(numbers: Sequence[int], sights: Sequence[Sight], outcomes: Sequence[OutcomeGiven]) -> Journey:
    """`sights` of the sessions with these numbers, the earliest first."""
    steps = tuple(
        Step(number, len(sight.members), tuple(wheel.spokes(sight)))
        for number, sight in zip(numbers, sights, strict=True)
    )
    plans = commitments([sight.events for sight in sights])
    present = {member for sight in sights for member in sight.members}
    return Journey(steps, tuple(plans), wheel.felt([one.change for one in outcomes], len(present)))
