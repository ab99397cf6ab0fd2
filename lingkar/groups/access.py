"""Fetch and authorise in one step. Missing and forbidden look the same: 404. Keys are asked only afterwards."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db import transaction
from django.http import Http404

from lingkar.accounts.middleware import Me
from lingkar.groups import documents, rows
from lingkar.groups.models import Group, GroupSession, Membership
from lingkar.vault import keybook, keyrings
from lingkar.vault.errors import CannotOpenError, RefusedError
from lingkar.vault.keyrings import Opened
from lingkar.vault.models import Identity, Keyring


@dataclass(frozen=True)
class Place:
    """Somebody in a group of theirs: the membership, and what it lets them open."""

    me: Me
    membership: Membership

    @property
    def group(self) -> Group:
        return self.membership.group

    @cached_property
    def pins(self) -> dict[str, bytes]:
        return self.me.book.pinned()

    @cached_property
    def ring(self) -> Keyring:
        return Keyring.objects.get(kind=keyrings.GROUP, scope=self.group.uid)

    @cached_property
    def opened(self) -> Opened:
        return keyrings.open_keyring(self.ring, self.me.holder, self.pins)

    @cached_property
    def version(self) -> int:
        return self.ring.last_number

    @cached_property
    def state(self) -> documents.GroupState:
        """The newest snapshot. Raises `RefusedError` when it is older than one this person saw before."""
        row = rows.newest(self.opened)
        if row.document is None or row.number < self.me.book.rosters.get(self.group.uid, 0):
            raise RefusedError("older than remembered")
        return documents.verified(row.document, self.group.uid, self.pins)

    @property
    def is_counsellor(self) -> bool:
        return self.membership.is_counsellor


def memberships(me: Me) -> list[Membership]:
    """All places of a person that are not over, the newest first."""
    found = Membership.objects.filter(
        person=me.person,
        role__in=Membership.IN_CIRCLE,
        state__in=(Membership.State.ACTIVE, Membership.State.APPLIED),
        group__state__in=Group.READABLE,
    )
    return list(found.select_related("group", "person").order_by("-seat", "uid"))


def place(me: Me, group: str) -> Place:
    """The active membership of `me` in a circle, or 404."""
    return _active(me, group, Membership.IN_CIRCLE)


def _active(me: Me, group: str, roles: Sequence[str]) -> Place:
    found = (
        Membership.objects.select_related("group", "person")
        .filter(person=me.person, group_id=group, role__in=roles)
        .filter(state=Membership.State.ACTIVE, group__state__in=Group.READABLE)
        .first()
    )
    if found is None:
        raise Http404
    return Place(me, found)


def desk_place(me: Me, group: str) -> Place:
    """As `place`, for whoever may stand at the group's safety desk: its counsellors, and its backup."""
    if not me.is_counsellor:
        raise Http404
    return _active(me, group, (Membership.Role.COUNSELLOR, Membership.Role.BACKUP))


def backed(me: Me) -> list[Place]:
    """Groups that name `me` as their backup."""
    found = Membership.objects.filter(
        person=me.person,
        role=Membership.Role.BACKUP,
        state=Membership.State.ACTIVE,
        group__state__in=Group.READABLE,
    )
    return [Place(me, membership) for membership in found.select_related("group", "person").order_by("uid")]


def counsellor_place(me: Me, group: str) -> Place:
    """As `place`, for the group's counsellors only."""
    found = place(me, group)
    if not found.is_counsellor or not me.is_counsellor:
        raise Http404
    return found


def membership_in(where: Place, membership: str) -> Membership:
    """Somebody else's membership in the same group, or 404."""
    found = where.group.memberships.select_related("person").filter(uid=membership).first()
    if found is None:
        raise Http404
    return found


def session_place(me: Me, session: str) -> tuple[Place, GroupSession]:
    """A session of one of my groups, or 404."""
    found = GroupSession.objects.select_related("group").filter(uid=session).first()
    if found is None:
        raise Http404
    return place(me, found.group_id), found


@transaction.atomic
def remember_newest(where: Place) -> None:
    """Note the state's version in the own keybook, so that an older one is refused from now on."""
    where.state  # noqa: B018 - raises when it is refused
    if where.version > where.me.book.rosters.get(where.group.uid, 0):
        update_book(where.me, lambda book: book.rosters.__setitem__(where.group.uid, where.version))


def update_book(me: Me, change: "keybook.Change") -> None:
    """Change the own keybook under its row lock; call where no page may lose another tab's change."""
    identity = Identity.objects.select_for_update().get(pk=me.uid)
    book = keybook.read(identity, me.holder)
    change(book)
    keybook.write(identity, me.holder, book)
    me.__dict__["book"] = book


def can_open(where: Place) -> bool:
    try:
        return bool(where.opened.keys)
    except (RefusedError, CannotOpenError):
        return False
