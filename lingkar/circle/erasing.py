"""Taking out what somebody gave: a guardian withdrew the consent, or a member leaves and wants nothing kept.

Rights, keys, own copies and cards end at once and need nobody. What lies in the rooms is taken out by whoever can open
it: by the member while leaving, and by a counsellor at their next visit. The safety desk keeps its cases for its clock.
"""

from collections.abc import Iterable, Iterator

from django.db import transaction

from lingkar.circle import meeting, past, rules
from lingkar.circle.drafts import Delivery, row_uid
from lingkar.circle.keys import RoomKeys, events, open_between, open_room
from lingkar.circle.moment import stamp
from lingkar.circle.news import News, announce
from lingkar.groups import actions, rows
from lingkar.groups.access import Place
from lingkar.groups.audience import Audience
from lingkar.groups.models import GroupSession, Membership
from lingkar.groups.rows import Row
from lingkar.principles.confidentiality.events import Withdrawn
from lingkar.principles.openness.events import BowlNote
from lingkar.vault.box import Document
from lingkar.vault.keyrings import Opened
from lingkar.vault.models import Keyring, new_uid

PARTS = ("", "released", "signal", "insisted", "copy")


def withdraw(where: Place, target: Membership) -> None:
    """By a counsellor, who was told that the guardian's consent is taken back."""
    withdraw_without_keys(target)
    settle(where)


def withdraw_without_keys(membership: Membership) -> None:
    """By the guardian's link."""
    actions.withdraw_consent(membership)
    meeting.tell_gone(membership)


def leave(where: Place) -> None:
    """By the member, who wants nothing of theirs to stay."""
    with transaction.atomic():
        news = [_take_out(where, session, where.membership) for session in past.held(where)]
        rows.erase(list(_own(where, open_between(where))))
        actions.leave(where)
        actions.forget(where.membership)
    for item in news:
        announce(item)
    meeting.tell_gone(where.membership)


def settle(where: Place) -> None:
    """A counsellor is here: what is still there of those who are to be forgotten goes."""
    for membership in where.group.memberships.filter(erasing=True):
        for session in where.group.sessions.filter(state=GroupSession.State.OPEN):
            meeting.turn_keys_if_due(where, session)
        with transaction.atomic():
            Keyring.objects.select_for_update().get(pk=where.ring.uid)
            if not Membership.objects.filter(pk=membership.pk, erasing=True).exists():
                continue
            news = [_take_out(where, session, membership) for session in past.held(where)]
            rows.erase([row.uid for row in _read(open_between(where).counsellors) if _is_theirs(row, membership.uid)])
            actions.off_roster(where, membership)
        for item in news:
            announce(item)


def _take_out(where: Place, session: GroupSession, membership: Membership) -> News:
    """Rows of one session that this reader can open or, as their author, name; where it is open, others are told."""
    keys = open_room(where, session)
    if keys is None:
        return News(session.uid)
    room, counsellors = _read(keys.room), _read(keys.counsellors)
    theirs = [row for row in (*room, *counsellors) if _is_theirs(row, membership.uid)]
    nameless = set(_nameless(counsellors, {_id(row) for row in theirs}))
    own = _own(where, keys) if where.membership == membership else ()
    copies = [row_uid(_document(row)["by"], _id(row), "copy") for row in theirs if _document(row)["kind"] == "CardHeld"]
    rows.erase([*(row.uid for row in theirs), *nameless, *own, *copies])
    gone = [_id(row) for row in room if (row in theirs and _has_words(row)) or _id(row) in nameless]
    is_open = session.state == GroupSession.State.OPEN and keys.is_admitted
    return News(session.uid, tuple(_tombstones(where, keys, gone)) if is_open and gone else ())


def _own(where: Place, keys: RoomKeys) -> Iterator[str]:
    """Rows that the counsellors hold, named by their author's own copies.

    Not the nameless words: where the circle has them, only the counsellors' row of them tells.
    """
    for event in events(keys.author):
        if not isinstance(event, BowlNote):
            yield from (row_uid(where.membership.uid, event.id, part) for part in PARTS)


def _read(opened: Opened) -> list[Row]:
    return [row for row in rows.read(opened) if row.document] if opened.keys else []


def _document(row: Row) -> Document:
    return row.document or {}


def _id(row: Row) -> str:
    return str(_document(row).get("id", ""))


def _is_theirs(row: Row, member: str) -> bool:
    """Said or marked by them, said to them on a card that waits, or telling their name."""
    found = _document(row)
    tells = found.get("kind") in ("Admitted", "joined", "attended") and member in (
        found.get("member"),
        found.get("membership"),
    )
    is_card = found.get("kind") == "CardHeld" and found.get("to") == member
    return tells or is_card or found.get("by") == member


def _has_words(row: Row) -> bool:
    kind = rules.KINDS.get(str(_document(row).get("kind")))
    return kind is not None and kind.is_words


def _nameless(counsellors: Iterable[Row], notes: set[str]) -> Iterator[str]:
    """Under which ids the circle has their nameless words."""
    for found in map(_document, counsellors):
        if found.get("kind") == "BowlOpened":
            yield from (shown for note, shown in zip(found["notes"], found["shown"], strict=False) if note in notes)


def _tombstones(where: Place, keys: RoomKeys, targets: Iterable[str]) -> Iterator[Delivery]:
    """They name nobody."""
    if keys.room.lock is None:
        return
    appender = rows.Appender.locked(keys.room.keyring, keys.room.lock)
    for target in targets:
        event = Withdrawn(id=new_uid(), by="", at=stamp(where)["at"], target=target)
        row = appender.add(event.id, rules.to_document(event))
        shown = rules.from_document(rules.to_document(event), row.number)
        yield Delivery(keys.session, shown, Audience.ROOM, keys.room.epoch)
    appender.flush()
