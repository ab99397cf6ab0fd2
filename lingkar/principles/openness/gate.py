"""OPENNESS-1: nameless words come out of the bowl when three persons have written (design, asas 4)."""

from collections.abc import Sequence

from lingkar.principles.contract import Event
from lingkar.principles.openness.events import BowlNote, BowlOpened, NamelessTakenBack

PERSONS = 3


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
