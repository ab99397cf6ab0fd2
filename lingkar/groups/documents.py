"""The sealed state of a group: what it is about, who sits in it, when it meets. One signed snapshot a change."""

from dataclasses import asdict, dataclass, replace
from typing import Any, Self

from lingkar.groups import names
from lingkar.groups.models import Membership
from lingkar.vault import suite
from lingkar.vault.box import canonical
from lingkar.vault.errors import RefusedError
from lingkar.vault.holder import KeyHolder, Recipient, recipient_of
from lingkar.vault.models import Identity

LONGEST_NAME = 40
LIMITS = 5


@dataclass(frozen=True)
class Sheet:
    """What the door shows. Items of `norms` and `promises` beginning with @ are ids of shipped texts.

    `own_limits`: the organisation's own wording of the five limits as this circle took it over, else empty.
    """

    name: str
    purpose: str
    leader: str
    mode: str
    size: int
    meetings: int
    minutes: int
    norms: tuple[str, ...]
    promises: tuple[str, ...]
    limits: str
    retention_days: int
    backup: str
    version: int = 1
    own_limits: tuple[str, ...] = ()

    @classmethod
    def from_document(cls, document: dict[str, Any]) -> Self:
        lists = {name: tuple(document.get(name, ())) for name in ("norms", "promises", "own_limits")}
        return cls(**{**document, **lists})

    def digest(self) -> str:
        """Hash of the text that a promise is signed against."""
        return suite.sha256(canonical(asdict(self))).hex()


@dataclass(frozen=True)
class Revision:
    """What a version of the sheet changed: norms that came and went, and which limits (0 to 4) are worded anew."""

    version: int
    added: tuple[str, ...]
    removed: tuple[str, ...]
    limits: tuple[int, ...]

    @classmethod
    def from_document(cls, document: dict[str, Any]) -> Self:
        lists = {name: tuple(document[name]) for name in ("added", "removed", "limits")}
        return cls(**{**document, **lists})


@dataclass(frozen=True)
class RosterLine:
    """One person in the circle. `keys` is the hash of both public keys, so that they cannot be swapped in the table.

    `signed` is the newest version of the sheet that they signed; 0 where it was another one than the door showed last.
    """

    membership: str
    person: str
    seat: int
    name: str
    role: str
    generation: int
    keys: str
    signed: int = 1

    @property
    def is_counsellor(self) -> bool:
        return self.role == Membership.Role.COUNSELLOR


@dataclass(frozen=True)
class Plan:
    """When a session meets; `starts` is an ISO time with zone, empty while no date is set."""

    session: str
    number: int
    starts: str
    minutes: int


@dataclass(frozen=True)
class GroupState:
    """`backup` answers a signal that nobody answered in time; not in the circle, and in no session.

    `former` are those who left, without their names: what they granted to others is still checked against their keys.
    """

    sheet: Sheet
    sheet_key: str
    roster: tuple[RosterLine, ...]
    plans: tuple[Plan, ...]
    backup: RosterLine | None = None
    former: tuple[RosterLine, ...] = ()
    revisions: tuple[Revision, ...] = ()

    def to_document(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_document(cls, document: dict[str, Any]) -> Self:
        return cls(
            sheet=Sheet.from_document(document["sheet"]),
            sheet_key=document["sheet_key"],
            roster=tuple(RosterLine(**line) for line in document["roster"]),
            plans=tuple(Plan(**plan) for plan in document["plans"]),
            backup=RosterLine(**document["backup"]) if document.get("backup") else None,
            former=tuple(RosterLine(**line) for line in document.get("former", ())),
            revisions=tuple(Revision.from_document(one) for one in document.get("revisions", ())),
        )

    @property
    def people(self) -> tuple[RosterLine, ...]:
        """Everybody who holds the group's key: the circle, and the backup where there is one."""
        return (*self.roster, self.backup) if self.backup else self.roster

    def seats(self) -> list[dict[str, Any]]:
        """For the drawn circle, counsellor first."""
        return [
            {"id": line.membership, "seat": line.seat, "name": line.name, "counsellor": line.is_counsellor}
            for line in self.roster
        ]

    def line(self, membership: str) -> RosterLine | None:
        return next((line for line in self.roster if line.membership == membership), None)

    def plan(self, session: str) -> Plan | None:
        return next((plan for plan in self.plans if plan.session == session), None)

    def changes_since(self, signed: int) -> Revision | None:
        """All later revisions as one; None where nothing changed."""
        later = [one for one in self.revisions if one.version > signed]
        if not later:
            return None
        norms = self.sheet.norms
        added = dict.fromkeys(norm for one in later for norm in one.added if norm in norms)
        removed = dict.fromkeys(norm for one in later for norm in one.removed if norm not in norms)
        limits = sorted({limit for one in later for limit in one.limits})
        return Revision(later[-1].version, tuple(added), tuple(removed), tuple(limits))

    def with_line(self, line: RosterLine) -> "GroupState":
        others = tuple(kept for kept in self.roster if kept.membership != line.membership)
        return replace(self, roster=tuple(sorted((*others, line), key=lambda kept: kept.seat)))

    def without(self, *memberships: str) -> "GroupState":
        """These people out of the circle; of them the keys stay, and no name."""
        gone = [replace(line, name="") for line in self.roster if line.membership in memberships]
        known = {(line.person, line.keys) for line in gone}
        former = [line for line in self.former if (line.person, line.keys) not in known]
        roster = tuple(line for line in self.roster if line.membership not in memberships)
        return replace(self, roster=roster, former=(*former, *gone))

    def with_plan(self, plan: Plan) -> "GroupState":
        others = tuple(kept for kept in self.plans if kept.session != plan.session)
        return replace(self, plans=tuple(sorted((*others, plan), key=lambda kept: kept.number)))

    def free_name(self, name: str) -> str:
        """`name`, with a number behind it where somebody in the circle has it already, or one that looks alike."""
        taken = {names.looks(line.name) for line in self.roster}
        candidate, count = name, 2
        while names.looks(candidate) in taken:
            candidate, count = f"{name} {count}", count + 1
        return candidate


def worded(own_limits: tuple[str, ...]) -> tuple[str, ...]:
    """Five wordings, empty where the shipped one stands."""
    return (*own_limits, *[""] * LIMITS)[:LIMITS]


def keys_hash(recipient: Recipient) -> str:
    return suite.sha256(recipient.read_public + recipient.sign_public).hex()


def recipient(line: RosterLine) -> Recipient:
    """The public keys to seal to, as the signed roster vouches for them. Raises `RefusedError`."""
    found = recipient_of(Identity.objects.get(pk=line.person))
    if keys_hash(found) != line.keys or found.generation != line.generation:
        raise RefusedError("another key")
    return found


def new_line(membership: Membership, who: Recipient, name: str) -> RosterLine:
    return RosterLine(
        membership=membership.uid,
        person=who.uid,
        seat=membership.seat,
        name=name,
        role=membership.role,
        generation=who.generation,
        keys=keys_hash(who),
    )


def signed(state: GroupState, group: str, holder: KeyHolder) -> dict[str, Any]:
    """The state as a document with the counsellor's signature."""
    body = state.to_document()
    signature = holder.signing.sign("group-state", canonical({"group": group, "state": body}))
    return {"state": body, "signer": holder.uid, "signature": signature.hex()}


def verified(document: dict[str, Any], group: str, pins: dict[str, bytes]) -> GroupState:
    """Raises `RefusedError` unless a pinned counsellor signed it."""
    signer = document["signer"]
    if signer not in pins:
        raise RefusedError("not pinned")
    message = canonical({"group": group, "state": document["state"]})
    suite.verify(pins[signer], "group-state", message, bytes.fromhex(document["signature"]))
    return GroupState.from_document(document["state"])
