"""OPENNESS-1: nameless words come out of the bowl when three persons have written (design, asas 4).

OPENNESS-2: where a round asks for it, no answer shows before the round ends, and each answers once.
"""

from collections.abc import Sequence

from lingkar.principles.contract import Event, Shut, rule
from lingkar.principles.openness.events import (
    BowlNote,
    BowlOpened,
    NamelessTakenBack,
    RoundAnswered,
    RoundEnded,
    RoundPassed,
    RoundStarted,
)

PERSONS = 3


@rule("OPENNESS-1", page="room")
def ready(events: Sequence[Event], withdrawn: frozenset[str]) -> list[BowlNote]:
    """The notes that may come out now: all that wait, if at least three persons wrote them; else none."""
    opened = {note for event in events if isinstance(event, BowlOpened) for note in event.notes}
    waiting = [
        event
        for event in events
        if isinstance(event, BowlNote) and not event.stays and event.id not in opened and event.id not in withdrawn
    ]
    return waiting if len({note.by for note in waiting}) >= PERSONS else []


def taken_back(events: Sequence[Event], withdrawn: frozenset[str]) -> list[str]:
    """Ids under which the circle still has nameless words that their authors took back."""
    gone = {event.target for event in events if isinstance(event, NamelessTakenBack)}
    return [
        shown
        for event in events
        if isinstance(event, BowlOpened)
        for note, shown in zip(event.notes, event.shown, strict=False)
        if note in withdrawn and shown not in gone
    ]


def running(room: Sequence[Event]) -> RoundStarted | None:
    """The round that goes on now."""
    found: RoundStarted | None = None
    for event in room:
        if isinstance(event, RoundStarted):
            found = event
        elif isinstance(event, RoundEnded):
            found = None
    return found


@rule("OPENNESS-2", page="room")
def shut_answer(event: RoundAnswered | RoundPassed, room: Sequence[Event], *, answered: bool) -> Shut | None:
    """Why this answer comes too late, or a second time."""
    started = running(room)
    if started is None or not started.together or started.id != event.round:
        return Shut("ROUND-OVER")
    if event.by not in started.order:
        return Shut("ROUND-NOT-YOURS")
    return Shut("ROUND-ANSWERED") if answered else None


def shut_start(room: Sequence[Event]) -> Shut | None:
    """A round whose answers wait must end first, or they would never show."""
    started = running(room)
    return Shut("ROUND-RUNNING") if started and started.together else None


def shut_end(event: RoundEnded, room: Sequence[Event]) -> Shut | None:
    """A page that draws an old round anew ends no other."""
    started = running(room)
    return Shut("ROUND-OVER") if event.round and (started is None or started.id != event.round) else None


def shut_release(of_round: str, room: Sequence[Event]) -> Shut | None:
    """An answer that was held shows no earlier than the others."""
    started = running(room)
    return Shut("ROUND-RUNNING") if started and started.id == of_round else None


def answers(started: RoundStarted, counsellors: Sequence[Event], inside: frozenset[str]) -> list[RoundAnswered]:
    """What shows when the round ends, in the order of the seats: answers of those who are still in the circle."""
    given = {event.by: event for event in counsellors if isinstance(event, RoundAnswered) and event.round == started.id}
    seats = {member: at for at, member in enumerate(started.order)}
    return sorted((one for by, one in given.items() if by in inside), key=lambda one: seats.get(one.by, len(seats)))
