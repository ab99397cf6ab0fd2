"""What goes into the write path and what comes out of it, and the batch that is written at once."""

from dataclasses import dataclass, field, replace

from lingkar.circle import rules
from lingkar.circle.keys import RoomKeys, events
from lingkar.groups import rows
from lingkar.groups.audience import Audience
from lingkar.groups.models import GroupSession, Membership
from lingkar.principles.contract import Event, Remark, Setting
from lingkar.principles.universality.gate import Round
from lingkar.vault import suite
from lingkar.vault.errors import VaultError
from lingkar.vault.keyrings import Opened
from lingkar.vault.models import Keyring


@dataclass(frozen=True)
class Draft:
    """What somebody wants to say or mark.

    `insists`: sent again after a remark. `pair`: the keyring of a card. `released_by`: the counsellor who lets a held
    card through, after which nothing asks again. `before`: picking rounds that earlier sessions of the group published.
    """

    event: Event
    keys: RoomKeys
    setting: Setting
    insists: bool = False
    pair: Opened | None = None
    released_by: str = ""
    before: tuple[Round, ...] = ()


@dataclass(frozen=True)
class Delivery:
    """One kept event for its readers: `owner` is the membership whose own copy it is, else empty."""

    session: str
    event: Event
    audience: Audience
    epoch: int
    owner: str = ""


@dataclass(frozen=True)
class Outcome:
    """What became of a draft.

    `state`: kept, held, refused (`rule` says why) or nudged (`remark`). `number` is the place in its audience.
    `signal`: the counsellors were told. `offer`: nobody was, but its author is offered help.
    """

    id: str
    state: str
    number: int = 0
    rule: str = ""
    remark: Remark | None = None
    signal: bool = False
    offer: bool = False
    deliveries: tuple[Delivery, ...] = ()


@dataclass
class Batch:
    """Rights and appenders of one transaction. `fresh`: what it kept so far, by keyring; `erase`: rows to blank."""

    members: dict[str, Membership]
    sessions: dict[str, GroupSession]
    rings: dict[str, Keyring]
    known: dict[str, tuple[str, int]]
    ended: frozenset[str]
    appenders: dict[str, rows.Appender] = field(default_factory=dict)
    fresh: dict[str, list[Event]] = field(default_factory=dict)
    erase: list[str] = field(default_factory=list)

    def append(self, opened: Opened, uid: str, event: Event) -> Event:
        if opened.lock is None:
            raise VaultError("no key")
        appender = self.appenders.get(opened.keyring)
        if appender is None:
            appender = self.appenders[opened.keyring] = rows.Appender(self.rings[opened.keyring], opened.lock)
        row = appender.add(uid, rules.to_document(event))
        self.known[uid] = (opened.keyring, row.number)
        kept = replace(event, number=row.number)
        self.fresh.setdefault(opened.keyring, []).append(kept)
        return kept

    def so_far(self, opened: Opened) -> list[Event]:
        """What this reader's keyring holds, with what this transaction adds to it and without what it takes out."""
        found = events(opened) if opened.keys else []
        found += self.fresh.get(opened.keyring, []) if opened.keys else []
        gone = set(self.erase)
        return [one for one in found if not gone or gone.isdisjoint((one.id, row_uid(one.by, one.id)))]


def row_uid(by: str, event_id: str, part: str = "") -> str:
    """The row of an event: only its author can name it, so the same UUID by two people are two rows."""
    return suite.sha256(f"{by}/{event_id}/{part}".encode()).hex()[:32]


def put(batch: Batch, draft: Draft, audience: Audience, event: Event, uid: str) -> Delivery:
    """One event into the keyring of its audience, by the keys its draft came with. Raises `VaultError`."""
    opened = {
        Audience.ROOM: draft.keys.room,
        Audience.COUNSELLORS: draft.keys.counsellors,
        Audience.AUTHOR: draft.keys.author,
        Audience.ALERT: draft.keys.alert,
        Audience.PAIR: draft.pair,
    }[audience]
    if opened is None:
        raise VaultError("no key")
    kept = batch.append(opened, uid, event)
    owner = draft.event.by if audience == Audience.AUTHOR else ""
    return Delivery(draft.keys.session, kept, audience, opened.epoch, owner)
