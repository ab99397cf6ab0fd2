"""A member's journal: notes sealed to their author, and copies for the counsellors that the author may take back."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from lingkar.circle import past
from lingkar.circle.drafts import Draft, Outcome, row_uid
from lingkar.circle.keep import keep
from lingkar.circle.keys import RoomKeys, events, open_room, setting
from lingkar.circle.moment import stamp
from lingkar.circle.publish import publish
from lingkar.groups import rows
from lingkar.groups.access import Place
from lingkar.groups.models import GroupSession
from lingkar.principles.confidentiality.events import Withdrawn
from lingkar.principles.contract import Event
from lingkar.principles.responsibility.events import PASSED, ReflectionShared, ReflectionWritten
from lingkar.vault.errors import RefusedError


@dataclass(frozen=True)
class Note:
    """One note, the number of its session, and the copies the counsellors have of it (one, but for a race)."""

    note: ReflectionWritten
    number: int
    copies: tuple[ReflectionShared, ...]


@dataclass(frozen=True)
class Shared:
    """A copy as the counsellors read it."""

    copy: ReflectionShared
    number: int


def shared_copy(note: ReflectionWritten, share_id: str) -> ReflectionShared:
    """The same words for the counsellors, under an id of its own."""
    return ReflectionShared(id=share_id, by=note.by, at=note.at, text=note.text, of=note.id)


def notes(where: Place) -> list[Note]:
    """The reader's own, the newest first."""
    return [note for _session, keys in reversed(_rooms(where)) for note in reversed(_notes(keys, _session.number))]


def shared(where: Place) -> list[Shared]:
    """What members gave to the counsellors, the newest first; empty for everybody else."""
    return [
        Shared(event, session.number)
        for session, keys in reversed(_rooms(where))
        for event in reversed(events(keys.counsellors))
        if isinstance(event, ReflectionShared)
    ]


def write(where: Place, text: str, *, share: bool) -> list[Outcome]:
    """A note beside the latest session this member was in. Raises `RefusedError` before the first."""
    rooms = [keys for _session, keys in _rooms(where) if keys.is_admitted]
    if not rooms:
        raise RefusedError("no session yet")
    note = ReflectionWritten(**stamp(where), text=text)
    written: list[Event] = [note]
    if share:
        written.append(shared_copy(note, stamp(where)["id"]))
    return _keep(where, rooms[-1], *written)


def share(where: Place, note: str) -> list[Outcome]:
    """Give the counsellors a copy; once. Raises `RefusedError` for a note that is not one's own."""
    with transaction.atomic():
        keys, found = _find(where, note, lock=True)
        if found.copies:
            return []
        outcomes = keep(_drafts(where, keys, [shared_copy(found.note, stamp(where)["id"])]))
    return _told(keys, outcomes)


def unshare(where: Place, note: str) -> list[Outcome]:
    """Take the copy back: its words are erased. Raises `RefusedError`."""
    keys, found = _find(where, note)
    return _keep(where, keys, *(Withdrawn(**stamp(where), target=copy.id) for copy in found.copies))


def erase(where: Place, note: str) -> list[Outcome]:
    """The note and its copy. Raises `RefusedError`."""
    keys, found = _find(where, note)
    targets = [found.note.id, *(copy.id for copy in found.copies)]
    return _keep(where, keys, *(Withdrawn(**stamp(where), target=target) for target in targets))


def _rooms(where: Place) -> list[tuple[GroupSession, RoomKeys]]:
    found = [(session, open_room(where, session)) for session in past.held(where)]
    return [(session, keys) for session, keys in found if keys and keys.room.keys]


def _notes(keys: RoomKeys, number: int) -> list[Note]:
    own = events(keys.author)
    shared = [event for event in own if isinstance(event, ReflectionShared)]
    written = [event for event in own if isinstance(event, ReflectionWritten) and event.text != PASSED]
    return [Note(event, number, tuple(copy for copy in shared if copy.of == event.id)) for event in written]


def _find(where: Place, note: str, *, lock: bool = False) -> tuple[RoomKeys, Note]:
    for session, keys in _rooms(where):
        if not any(one.note.id == note for one in _notes(keys, session.number)):
            continue
        if lock:
            GroupSession.objects.select_for_update().get(pk=session.pk)
        return keys, next(one for one in _notes(keys, session.number) if one.note.id == note)
    raise RefusedError("not there")


def _keep(where: Place, keys: RoomKeys, *made: Event) -> list[Outcome]:
    return _told(keys, keep(_drafts(where, keys, made)))


def _drafts(where: Place, keys: RoomKeys, made: Sequence[Event]) -> list[Draft]:
    return [Draft(event, keys, setting(where), insists=True) for event in made]


def _told(keys: RoomKeys, outcomes: list[Outcome]) -> list[Outcome]:
    for outcome in outcomes:
        publish(keys.session, outcome)
    return outcomes


def at_closing(note: ReflectionWritten, *, share: bool) -> list[Event]:
    """What to keep of the closing's note: nothing where there is one already, whatever became of it."""
    if rows.existing([row_uid(note.by, note.id)]):
        return []
    return [note, shared_copy(note, row_uid(note.by, note.id, "shared"))] if share else [note]
