"""The keys somebody holds for one session: what they can read and where they can write."""

from dataclasses import dataclass, replace

from lingkar.circle import rules, seal
from lingkar.groups import rows
from lingkar.groups.access import Place
from lingkar.groups.models import GroupSession
from lingkar.principles.contract import Event, Setting
from lingkar.vault import keyrings
from lingkar.vault.errors import RefusedError
from lingkar.vault.keyrings import Opened
from lingkar.vault.models import Keyring


@dataclass(frozen=True)
class RoomKeys:
    """Opened keyrings of one session. `author` is the reader's own; `counsellors` and `alert` of a member only seal.

    Between meetings `session` is empty, `group` is set, and there is no room.
    """

    session: str
    room: Opened
    counsellors: Opened
    author: Opened
    alert: Opened
    group: str = ""

    def with_room(self, room: Opened) -> "RoomKeys":
        return replace(self, room=room)

    @property
    def is_admitted(self) -> bool:
        """Holds the newest epoch, so may hear and speak now."""
        return self.room.lock is not None


def open_room(where: Place, session: GroupSession) -> RoomKeys | None:
    """None before the session was opened for the first time. Raises `VaultError` for a grant that is not good."""
    rings = {ring.kind: ring for ring in Keyring.objects.filter(scope=session.uid)}
    if keyrings.ROOM not in rings:
        return None
    if session.state == GroupSession.State.CLOSED:
        seal.check(where, session)
    holder, pins = where.me.holder, where.pins
    room = keyrings.open_keyring(rings[keyrings.ROOM], holder, pins)
    if not room.keys:
        closed = Opened(rings[keyrings.COUNSELLORS].uid, {}, 0, None)
    else:
        closed = keyrings.open_keyring(rings[keyrings.COUNSELLORS], holder, pins)
    _, author = keyrings.own_keyring(holder, rows.author_scope(where.membership.uid, session.uid))
    return RoomKeys(session.uid, room, closed, author, open_alert(where))


def open_between(where: Place) -> RoomKeys:
    """What somebody gives between meetings: to the group's counsellors, with an own copy; never to the circle."""
    ring = Keyring.objects.get(kind=keyrings.COUNSELLORS, scope=where.group.uid)
    counsellors = keyrings.open_keyring(ring, where.me.holder, where.pins)
    _, author = keyrings.own_keyring(where.me.holder, rows.author_scope(where.membership.uid, where.group.uid))
    return RoomKeys("", Opened("", {}, 0, None), counsellors, author, open_alert(where), where.group.uid)


def open_alert(where: Place) -> Opened:
    """The group's safety desk: members drop something in, counsellors read.

    A group from before there was a desk has none until its counsellor comes by.
    """
    ring = Keyring.objects.filter(kind=keyrings.ALERT, scope=where.group.uid).first()
    if ring is None:
        return Opened("", {}, 0, None)
    return keyrings.open_keyring(ring, where.me.holder, where.pins)


def setting(where: Place, session: GroupSession | None = None) -> Setting:
    """What guides and the safety desk may know besides the words."""
    mine = where.state.line(where.membership.uid)
    names = tuple(line.name for line in where.state.roster)
    return Setting(names, mine.name if mine else "", session.number if session else 0)


def events(opened: Opened) -> list[Event]:
    """The events of one keyring that its reader can open, in order; withdrawn ones are left out."""
    return [rules.from_document(row.document, row.number) for row in rows.read(opened) if row.document]


def need(keys: RoomKeys | None) -> RoomKeys:
    if keys is None:
        raise RefusedError("not opened")
    return keys
