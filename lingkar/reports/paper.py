"""The implementation report and attendance for the school's file: made of counts, times and initials only.

Nothing here takes an event's words, so no disclosure can get in; names are cut to initials before a template sees them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from lingkar.circle import wheel
from lingkar.circle.events import PulseGiven
from lingkar.groups.documents import GroupState
from lingkar.principles.contract import Event, Sight
from lingkar.principles.responsibility.events import Admitted, UcaGiven
from lingkar.principles.trust.events import SessionClosed, StageMoved


@dataclass(frozen=True)
class Attendance:
    """One seat: initials, and when the member was let in (None: absent)."""

    initials: str
    came: datetime | None


@dataclass(frozen=True)
class Part:
    """One stage as it was held, in minutes."""

    stage: str
    minutes: int


@dataclass(frozen=True)
class Paper:
    attendance: tuple[Attendance, ...]
    parts: tuple[Part, ...]
    began: datetime | None
    ended: datetime | None
    plans: int
    comfort: wheel.Felt
    pulses: int


def initials(name: str) -> str:
    """First letters, at most three: "Rumi Ayu" is "R. A."."""
    return " ".join(f"{word[0].upper()}." for word in name.split()[:3])


def paper(sight: Sight, state: GroupState) -> Paper:
    """Everything that the report shows."""
    came = {event.member: event.at for event in sight.of(Admitted)}
    members = [line for line in state.roster if not line.is_counsellor]
    given = [event for event in sight.of(UcaGiven) if event.by in sight.members]
    stages = sight.of(StageMoved)
    closed = sight.of(SessionClosed)
    return Paper(
        attendance=tuple(
            Attendance(initials(line.name), _time(came[line.membership]) if line.membership in came else None)
            for line in members
        ),
        parts=_parts(stages, closed[-1].at if closed else None),
        began=_time(stages[0].at) if stages else None,
        ended=_time(closed[-1].at) if closed else None,
        plans=sum(bool(event.action.strip()) for event in given),
        comfort=wheel.felt([event.comfort for event in given], len(sight.members)),
        pulses=len(sight.of(PulseGiven)),
    )


def _parts(stages: Sequence[Event], end: float | None) -> tuple[Part, ...]:
    """Minutes of each stage in the order they were first held; one told again to a late joiner counts once."""
    moved = [event for event in stages if isinstance(event, StageMoved) and not event.again]
    times = [event.at for event in moved[1:]] + [end or (moved[-1].at if moved else 0.0)]
    held: dict[str, float] = {}
    for event, until in zip(moved, times, strict=True):
        held[event.stage] = held.get(event.stage, 0.0) + max(0.0, until - event.at)
    return tuple(Part(stage, round(seconds / 60)) for stage, seconds in held.items())


def _time(at: float) -> datetime:
    return datetime.fromtimestamp(at, UTC)
