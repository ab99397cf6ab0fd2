"""What was sealed to the counsellors and goes to the circle when its time has come; a part of the write path.

All of it needs the counsellors' private half, so it happens while a counsellor is in the room.
"""

import secrets
import uuid
from collections.abc import Iterator, Sequence

from lingkar.circle.drafts import Batch, Delivery, Draft, Outcome, put, row_uid
from lingkar.groups.audience import Audience
from lingkar.ledger.moment import now
from lingkar.principles.confidentiality.events import Withdrawn, WithdrawnInPrivate
from lingkar.principles.contract import Event
from lingkar.principles.openness import gate as openness_gate
from lingkar.principles.openness.events import BowlNote, BowlOpened, Nameless, NamelessTakenBack, Post
from lingkar.principles.responsibility.events import Admitted, Departed
from lingkar.principles.universality import gate as universality_gate
from lingkar.principles.universality.events import MeTooShown, ThreadsShown


def show_threads(batch: Batch, draft: Draft) -> Outcome:
    """Counts are made once, at the end of a picking round, and show only what at least three carry."""
    event = draft.event
    if not batch.members[event.by].is_counsellor or not draft.keys.counsellors.keys:
        return Outcome(event.id, "refused", rule="COUNSELLOR-ONLY")
    room = batch.so_far(draft.keys.room)
    threads = universality_gate.threads(room, batch.so_far(draft.keys.counsellors), _inside(room), draft.before)
    made = ThreadsShown(id=event.id, by=event.by, at=event.at, threads=threads)
    delivery = put(batch, draft, Audience.ROOM, made, row_uid(event.by, event.id))
    return Outcome(event.id, "kept", delivery.event.number, deliveries=(delivery,))


def _inside(room: Sequence[Event]) -> frozenset[str]:
    """Members who were let in and are still here."""
    inside: set[str] = set()
    for found in room:
        if isinstance(found, Admitted):
            inside.add(found.member)
        elif isinstance(found, Departed):
            inside.discard(found.member)
    return frozenset(inside)


def show_counted(batch: Batch, draft: Draft) -> Iterator[Delivery]:
    """ "Me too" that was only counted: published once, when the closing begins."""
    room = batch.so_far(draft.keys.room)
    if not draft.keys.counsellors.keys or any(isinstance(event, MeTooShown) for event in room):
        return
    counts = universality_gate.counted(batch.so_far(draft.keys.counsellors), _inside(room), room)
    if counts:
        shown = MeTooShown(id=uuid.uuid4().hex, by=draft.event.by, at=now(), counts=universality_gate.written(counts))
        yield put(batch, draft, Audience.ROOM, shown, row_uid(draft.event.by, draft.event.id, "counted"))


def show_answers(batch: Batch, draft: Draft) -> Iterator[Delivery]:
    """The round is over: what was answered goes to the circle under its authors' names."""
    room = [one for one in batch.so_far(draft.keys.room) if one.id != draft.event.id]
    started = openness_gate.running(room)
    if started is None or not started.together or not draft.keys.counsellors.keys:
        return
    for answer in openness_gate.answers(started, batch.so_far(draft.keys.counsellors), _inside(room)):
        post = Post(id=answer.id, by=answer.by, at=now(), text=answer.text)
        yield put(batch, draft, Audience.ROOM, post, row_uid(answer.by, answer.id, "released"))


def settle_bowl(batch: Batch, draft: Draft) -> Iterator[Delivery]:
    """Open the bowl where three persons have written, and take out again what its author took back.

    Both need the counsellors' private half: who wrote a nameless word lies there and nowhere else.
    """
    if not draft.keys.counsellors.keys:
        return
    forgotten = {uid for uid, member in batch.members.items() if member.erasing}
    seen = [one for one in batch.so_far(draft.keys.counsellors) if one.by not in forgotten]
    withdrawn = frozenset(event.target for event in seen if isinstance(event, WithdrawnInPrivate))
    yield from _take_out(batch, draft, openness_gate.taken_back(seen, withdrawn))
    yield from _bring_out(batch, draft, openness_gate.ready(seen, withdrawn))


def _bring_out(batch: Batch, draft: Draft, notes: Sequence[BowlNote]) -> Iterator[Delivery]:
    """To the circle shuffled, under new ids, without author or hour."""
    if not notes:
        return
    shuffled = sorted(notes, key=lambda _: secrets.randbits(64))
    at = now()
    out = [
        Nameless(id=uuid.uuid4().hex, by="", at=at, text="" if note.theme else note.text, theme=note.theme)
        for note in shuffled
    ]
    opened = BowlOpened(
        id=uuid.uuid4().hex,
        by="",
        at=at,
        notes=tuple(note.id for note in shuffled),
        shown=tuple(word.id for word in out),
    )
    yield put(batch, draft, Audience.COUNSELLORS, opened, opened.id)
    for word in out:
        yield put(batch, draft, Audience.ROOM, word, word.id)


def _take_out(batch: Batch, draft: Draft, shown: Sequence[str]) -> Iterator[Delivery]:
    """The tombstone names nobody, like the word it stands for."""
    batch.erase.extend(shown)
    for target in shown:
        tombstone = Withdrawn(id=uuid.uuid4().hex, by="", at=now(), target=target)
        yield put(batch, draft, Audience.ROOM, tombstone, tombstone.id)
        noted = NamelessTakenBack(id=uuid.uuid4().hex, by="", at=tombstone.at, target=target)
        yield put(batch, draft, Audience.COUNSELLORS, noted, noted.id)
