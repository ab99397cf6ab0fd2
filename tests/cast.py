"""The cast: a counsellor, members, an outsider; a group with a session in which they may speak."""

import time
import uuid
from dataclasses import dataclass
from typing import Any

from lingkar.accounts import signin, words
from lingkar.accounts.middleware import Me
from lingkar.accounts.models import Role
from lingkar.circle import meeting
from lingkar.circle.drafts import Draft, Outcome
from lingkar.circle.keep import keep
from lingkar.circle.keys import RoomKeys, open_room
from lingkar.groups import access, actions, invitations
from lingkar.groups.access import Place, update_book
from lingkar.groups.documents import Sheet
from lingkar.groups.models import GroupSession, Membership
from lingkar.principles.contract import Event, Setting
from lingkar.principles.openness.events import BowlNote, Post, Whisper
from lingkar.vault.secret import Secret

RIGHT = {"friend": "ask-them", "danger": "told-first", "others": "cannot-promise"}
TOTP = Secret(bytes(20))


def make_person(role: Role = Role.MEMBER) -> Me:
    totp = TOTP if role == Role.COUNSELLOR else None
    person, holder, _code = signin.register(signin.free_login(), words.new_passphrase(5), role, totp)
    return Me(person, holder)


def make_sheet(**changes: Any) -> Sheet:
    values: dict[str, Any] = {
        "name": "Lingkar Kamis", "purpose": "", "leader": "Bu Laras", "mode": "online", "size": 8, "meetings": 1,
        "minutes": 40, "norms": ("@stays",), "backup": "Pak Damar", "promises": ("@time",),
        "limits": "1", "retention_days": 30,
    }  # fmt: skip
    return Sheet(**{**values, **changes})


def join(where: Place, name: str, person: Me | None = None) -> Place:
    """From an invitation to the confirmed place."""
    who = person or make_person()
    door = invitations.open_fragment(invitations.invite(where, "adult").fragment)
    membership = actions.apply(door, who.person, who.holder, name, RIGHT)
    update_book(who, lambda book: book.pin(door.counsellor.uid, door.counsellor.sign_public))
    actions.confirm(where, membership)
    return access.place(fresh(who), where.group.uid)


def fresh(me: Me) -> Me:
    me.person.identity.refresh_from_db()
    return Me(me.person, me.holder)


@dataclass
class Circle:
    where: Place
    members: list[Place]
    session: GroupSession

    def place(self, who: Place) -> Place:
        return Place(fresh(who.me), Membership.objects.select_related("group", "person").get(pk=who.membership.uid))

    def keys(self, who: Place) -> RoomKeys:
        keys = open_room(self.place(who), self.session)
        assert keys
        return keys

    def say(self, who: Place, event: Event, keys: RoomKeys | None = None, *, insists: bool = False) -> Outcome:
        return keep([Draft(event, keys or self.keys(who), self.setting(who), insists)])[0]

    def setting(self, who: Place) -> Setting:
        state = self.place(self.where).state
        line = state.line(who.membership.uid)
        return Setting(tuple(one.name for one in state.roster), line.name if line else "")

    def admit(self, *places: Place) -> None:
        meeting.admit(self.place(self.where), self.session, [place.membership for place in places])


def stamp(who: Place, event_id: str = "") -> dict[str, Any]:
    return {"id": event_id or uuid.uuid4().hex, "by": who.membership.uid, "at": time.time()}


def post(who: Place, text: str, **more: Any) -> Post:
    return Post(**stamp(who), text=text, **more)


def whisper(who: Place, text: str) -> Whisper:
    return Whisper(**stamp(who), text=text)


def nameless(who: Place, text: str) -> BowlNote:
    return BowlNote(**stamp(who), text=text)


def make_circle(members: int = 3, admitted: int | None = None) -> Circle:
    counsellor = make_person(Role.COUNSELLOR)
    where = actions.make_group(counsellor, make_sheet())
    places = [join(where, f"Anggota {number}") for number in range(members)]
    session = actions.schedule(where, None, 40)
    meeting.open_session(where, session, 6)
    session.refresh_from_db()
    circle = Circle(where, places, session)
    circle.admit(*places[: members if admitted is None else admitted])
    return circle
