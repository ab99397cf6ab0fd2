"""A group's sessions so far, opened for one reader: their own copies, or what the counsellors hold."""

from collections.abc import Callable, Sequence

from lingkar.circle.keys import RoomKeys, events, open_room
from lingkar.groups.access import Place
from lingkar.groups.models import GroupSession
from lingkar.principles.contract import Event
from lingkar.principles.responsibility import commitments, guide
from lingkar.principles.responsibility.commitments import Commitment
from lingkar.principles.universality import gate as universality_gate
from lingkar.principles.universality.events import ThreadsShown
from lingkar.principles.universality.gate import Round
from lingkar.vault.keyrings import Opened


def held(where: Place) -> list[GroupSession]:
    """Sessions that were opened, the earliest first."""
    states = (GroupSession.State.OPEN, GroupSession.State.CLOSED)
    return list(where.group.sessions.filter(state__in=states).order_by("number"))


def own(where: Place, sessions: list[GroupSession]) -> list[list[Event]]:
    """This reader's own copies, session by session."""
    return [_read(where, session, lambda keys: keys.author) for session in sessions]


def for_counsellors(where: Place, sessions: list[GroupSession]) -> list[list[Event]]:
    """What was sealed to the counsellors, session by session; empty for everybody else."""
    return [_read(where, session, lambda keys: keys.counsellors) for session in sessions]


def due(where: Place, session: GroupSession) -> Commitment | None:
    """My latest plan, as long as I have not said what became of it."""
    sessions = [one for one in held(where) if one.number <= session.number]
    plans = guide.newest(commitments.commitments(own(where, sessions)), len(sessions) - 1)
    found = plans.get(where.membership.uid)
    return found if found and found.review is None else None


def plans_before(where: Place, session: GroupSession) -> dict[str, Commitment]:
    """For the counsellor: each member's latest plan, with what they said of it."""
    sessions = [one for one in held(where) if one.number <= session.number]
    return guide.newest(commitments.commitments(for_counsellors(where, sessions)), len(sessions) - 1)


def rounds(where: Place, session: GroupSession) -> tuple[Round, ...]:
    """Picking rounds that other sessions published, in the order of time and not of their numbers; for a counsellor."""
    opened = [open_room(where, one) for one in held(where) if one.pk != session.pk]
    read = [(events(keys.room), events(keys.counsellors)) for keys in opened if keys]
    shown = [one for one in read if any(isinstance(event, ThreadsShown) for event in one[0])]
    found: tuple[Round, ...] = ()
    for room, counsellors in sorted(shown, key=lambda one: _first_shown(one[0])):
        found = universality_gate.rounds(room, counsellors, found)
    return found


def _first_shown(room: Sequence[Event]) -> float:
    return min(event.at for event in room if isinstance(event, ThreadsShown))


def _read(where: Place, session: GroupSession, ring: Callable[[RoomKeys], Opened]) -> list[Event]:
    keys = open_room(where, session)
    return events(ring(keys)) if keys else []
