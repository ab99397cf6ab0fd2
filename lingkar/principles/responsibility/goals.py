"""Own goals by goal attainment scaling: five levels in own words, -2 to +2 (Kiresuk and Sherman 1968; domain.md, e)."""

from collections.abc import Sequence
from dataclasses import dataclass

from lingkar.principles.contract import Event
from lingkar.principles.responsibility.events import GoalRated, GoalSet

LEVELS = (-2, -1, 0, 1, 2)
HOPED = 0


@dataclass(frozen=True)
class Goal:
    """A goal and how its owner rated it, oldest first."""

    goal: GoalSet
    ratings: tuple[GoalRated, ...]

    @property
    def level(self) -> int | None:
        """-2 to 2; None before the first rating."""
        return self.ratings[-1].level if self.ratings else None

    @property
    def has_moved(self) -> bool:
        """Above where it was first rated."""
        return len(self.ratings) > 1 and self.ratings[-1].level > self.ratings[0].level


def goals(events: Sequence[Event]) -> list[Goal]:
    """All goals, oldest first. Only an owner's own rating counts."""
    rated = [event for event in events if isinstance(event, GoalRated)]
    return [
        Goal(goal, tuple(one for one in rated if one.target == goal.id and one.by == goal.by))
        for goal in events
        if isinstance(goal, GoalSet)
    ]


def words_of(goal: GoalSet) -> dict[int, str]:
    """What each level means, in the owner's words."""
    return dict(zip(LEVELS, goal.levels, strict=False))
