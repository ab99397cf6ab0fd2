"""Append and read sealed events. Written by `circle.keep` and by the group's own actions, read by `queries`."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from django.utils import timezone

from lingkar.groups.audience import Audience
from lingkar.groups.models import Membership, SealedEvent
from lingkar.vault import shred, suite
from lingkar.vault.box import Document, Lock, Place
from lingkar.vault.errors import CannotOpenError
from lingkar.vault.keyrings import Opened
from lingkar.vault.models import Grant, Keyring

ERASED = "erased"
PAIR_KIND = f"{Audience.PAIR}/"
"""Followed by the two seats, as `2-5`."""


@dataclass(frozen=True)
class Row:
    """An opened row. `document` is None for one that its author withdrew."""

    uid: str
    number: int
    document: Document | None


@dataclass
class Appender:
    """Numbers and seals rows of one keyring within one transaction, then writes them all at once."""

    keyring: Keyring
    lock: Lock
    staged: list[SealedEvent] = field(default_factory=list)

    @classmethod
    def locked(cls, uid: str, lock: Lock) -> "Appender":
        """Takes the keyring's row lock; call inside a transaction."""
        return cls(Keyring.objects.select_for_update().get(pk=uid), lock)

    def add(self, uid: str, document: Document) -> Row:
        """The next number, sealed. Nothing is written before `flush`."""
        ring = self.keyring
        number = ring.last_number + 1
        place = row_place(ring.uid, ring.epoch, uid, number)
        blob = self.lock.seal({**document, "previous": bytes(ring.head).hex()}, place)
        self.staged.append(
            SealedEvent(uid=uid, keyring=ring.uid, epoch=ring.epoch, number=number, day=timezone.localdate(), blob=blob)
        )
        ring.last_number, ring.head = number, suite.sha256(blob)
        return Row(uid, number, document)

    def flush(self) -> None:
        SealedEvent.objects.bulk_create(self.staged)
        self.keyring.save(update_fields=["last_number", "head"])
        self.staged = []


def read(opened: Opened, after: int = 0) -> list[Row]:
    """Rows after a number, oldest first, within the epochs this reader holds.

    Raises `CannotOpenError` also where a row within an epoch is missing or does not follow the one before it.
    """
    found = SealedEvent.objects.filter(keyring=opened.keyring, number__gt=after, epoch__in=list(opened.keys))
    events = list(found.order_by("number"))
    opened_rows = [_open(opened, event) for event in events]
    for (before, after_it), row in zip(pairwise(events), opened_rows[1:], strict=True):
        if before.epoch == after_it.epoch and before.number + 1 != after_it.number:
            raise CannotOpenError("rows are missing")
        linked = before.number + 1 == after_it.number and before.blob
        if linked and row.document and row.document["previous"] != suite.sha256(bytes(before.blob)).hex():
            raise CannotOpenError("rows were replaced")
    return opened_rows


def head_at(keyring: str, number: int) -> str:
    """Hash of the row with this number; `ERASED` for a withdrawn one, empty where there is none."""
    found = SealedEvent.objects.filter(keyring=keyring, number=number).first()
    if found is None:
        return ""
    return suite.sha256(bytes(found.blob)).hex() if found.blob else ERASED


def newest(opened: Opened) -> Row:
    """The last row this reader can open. Raises `CannotOpenError` where there is none."""
    found = SealedEvent.objects.filter(keyring=opened.keyring, epoch__in=list(opened.keys)).order_by("-number").first()
    if found is None:
        raise CannotOpenError("cannot be opened")
    return _open(opened, found)


def _open(opened: Opened, event: SealedEvent) -> Row:
    blob = bytes(event.blob)
    if not blob:
        return Row(event.uid, event.number, None)
    place = row_place(event.keyring, event.epoch, event.uid, event.number)
    return Row(event.uid, event.number, opened.keys[event.epoch].open(blob, place))


def row_place(keyring: str, epoch: int, uid: str, number: int) -> Place:
    return Place("event", "document", keyring, epoch, uid, number)


def existing(uids: Iterable[str]) -> dict[str, tuple[str, int]]:
    """uid -> (keyring, number) of the rows that are there already."""
    found = SealedEvent.objects.filter(uid__in=list(uids)).values_list("uid", "keyring", "number")
    return {uid: (keyring, number) for uid, keyring, number in found}


def erase(uids: Sequence[str]) -> None:
    """Take the words out of rows; number and uid stay, so that no gap appears."""
    SealedEvent.objects.filter(uid__in=uids).update(blob=b"")


def erase_before(ring: Keyring) -> None:
    """The words out of every row but the newest: what a snapshot replaced."""
    SealedEvent.objects.filter(keyring=ring.uid, number__lt=ring.last_number).update(blob=b"")


def destroy(rings: Iterable[Keyring]) -> None:
    """Rows, grants and keys of whole keyrings: nothing of it opens again, from no copy. Needs no key itself."""
    uids = [ring.uid for ring in rings]
    Grant.objects.filter(keyring_id__in=uids).delete()
    SealedEvent.objects.filter(keyring__in=uids).delete()
    for uid in uids:
        shred.shred(uid)


def pair_rings(membership: Membership) -> list[Keyring]:
    """Keyrings of two people, one of whom is this member, in all sessions of the group (`circle/pairs.py`)."""
    sessions = membership.group.sessions.values_list("uid", flat=True)
    found = Keyring.objects.filter(scope__in=list(sessions), kind__startswith=PAIR_KIND)
    return [ring for ring in found if str(membership.seat) in ring.kind.removeprefix(PAIR_KIND).split("-")]


def author_scopes(membership: Membership) -> list[str]:
    """The scopes of all own copies of a member: between meetings, and in each session of the group."""
    sessions = membership.group.sessions.values_list("uid", flat=True)
    return [author_scope(membership.uid, scope) for scope in (membership.group_id, *sessions)]


def author_scope(membership: str, session: str) -> str:
    """The scope of somebody's own copies in one session."""
    return suite.sha256(f"{membership}/{session}".encode()).hex()[:32]
