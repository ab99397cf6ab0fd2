"""The safety desk: a checklist, a clock and a log of each case; no judge (design, section 4; domain.md, section c)."""

from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from lingkar.circle import climb, rules
from lingkar.circle.events import CaseOpened, CaseRaised, CaseStep, CaseTold
from lingkar.circle.keys import events, open_alert
from lingkar.circle.moment import stamp
from lingkar.circle.news import News, announce
from lingkar.groups import documents, rows
from lingkar.groups.access import Place
from lingkar.groups.models import Membership
from lingkar.ledger import chain
from lingkar.ledger.moment import now
from lingkar.principles.confidentiality import limits
from lingkar.principles.contract import Event
from lingkar.vault import keyrings, suite
from lingkar.vault.box import Document, prefixed
from lingkar.vault.errors import RefusedError, VaultError
from lingkar.vault.models import Keyring

STATES = ("raised", "acknowledged", "contacted", "asked", "acting", "follow-up", "closed")
SOURCES = ("talk", "now", "counsellor")
TOLD = b"you"


type Logged = CaseStep | CaseTold | CaseOpened


class MovedOnError(Exception):
    """Somebody else changed this case in the meantime; `by` is their membership."""

    def __init__(self, by: str) -> None:
        super().__init__("moved on")
        self.by = by


@dataclass
class Case:
    """One case as its events tell it. `answered_after` in seconds, None while nobody answered."""

    raised: CaseRaised
    state: str = "raised"
    level: int = 0
    log: list[Logged] = field(default_factory=list)

    @property
    def id(self) -> str:
        return self.raised.id

    @property
    def is_open(self) -> bool:
        return self.state != "closed"

    @property
    def answered_after(self) -> float | None:
        steps = [event.at for event in self.log if isinstance(event, CaseStep)]
        return steps[0] - self.raised.at if steps else None

    def has_climbed(self, now: float) -> bool:
        """Nobody answered in time, so the backup may see it from then on."""
        waited = now - self.raised.at if self.answered_after is None else self.answered_after
        return waited >= climb.SECONDS

    def may_be_read(self, where: Place) -> bool:
        """By every counsellor of the group; by its backup once they opened it, which stands in the ledger."""
        opened = any(isinstance(event, CaseOpened) and event.by == where.membership.uid for event in self.log)
        return where.is_counsellor or opened

    @property
    def following(self) -> tuple[str, ...]:
        """States a counsellor may move it to: any later one, and back to acting from the follow-up."""
        later = STATES[STATES.index(self.state) + 1 :]
        return ("acting", *later) if self.state == "follow-up" else later


def fold(found: list[Event]) -> list[Case]:
    """Cases from the desk's events, the newest first."""
    cases: dict[str, Case] = {}
    for event in found:
        if isinstance(event, CaseRaised):
            cases[event.id] = Case(event, level=event.level)
        elif isinstance(event, CaseStep | CaseTold | CaseOpened) and event.case in cases:
            case = cases[event.case]
            case.log.append(event)
            if isinstance(event, CaseStep):
                case.state, case.level = event.state, event.level or case.level
    return sorted(cases.values(), key=lambda case: -case.raised.at)


def cases(where: Place) -> list[Case]:
    """All cases of a group; empty for whoever cannot open the desk."""
    return fold(events(open_alert(where)))


def climbed(where: Place) -> list[Case]:
    """What a backup may know of: cases that nobody answered in time."""
    return [case for case in cases(where) if case.has_climbed(now())]


def raise_case(where: Place, source: str, text: str = "", member: str = "", session: str = "") -> None:
    """A member asks for help, or a counsellor opens a case by hand. It reaches every counsellor's page at once."""
    about = where.state.line(member or where.membership.uid)
    if source not in SOURCES or about is None or (where.is_counsellor is not (source == "counsellor")):
        raise RefusedError("not for you")
    level = {"now": 3, "talk": 0}.get(source, 1)
    who: dict[str, Any] = {"member": about.membership, "name": about.name}
    event = CaseRaised(**stamp(where), **who, source=source, level=level, text=text, session=session)
    with transaction.atomic():
        append(where, event)
    climb.began(where.group.uid, event.id)
    announce(News(session, signal_for=counsellors(where)))


def step(where: Place, case: str, expected: str, state: str, text: str, level: int) -> None:
    """Move a case on. Raises `MovedOnError` when it is no longer in the state the page showed, `RefusedError`."""
    with transaction.atomic():
        found = _locked(where, case)
        if found.state != expected:
            raise MovedOnError(found.log[-1].by if found.log else "")
        if state not in (found.state, *found.following):
            raise RefusedError("not after this")
        append(where, CaseStep(**stamp(where), case=case, state=state, text=text, level=level))
    climb.answered(case)
    announce(News(found.raised.session, signal_for=counsellors(where)))


def tell(where: Place, case: str, limit: str, to: str, text: str, hidden_because: str) -> None:
    """Before anybody outside is told: the limit, to whom and how little, here and in the open ledger.

    The ledger names the limit to everybody, and the member to the member alone, unless that would add danger.
    """
    if limit not in limits.LIMITS or not to.strip() or not text.strip():
        raise RefusedError("incomplete")
    with transaction.atomic():
        found = _locked(where, case)
        told = CaseTold(**stamp(where), case=case, limit=limit, to=to, text=text, hidden_because=hidden_because)
        append(where, told)
        told_to = where.membership.uid if hidden_because.strip() else found.raised.member
        sealed = _sealed_to(where, told_to, told.id)
        document = {"act": "told", "by": where.membership.uid, "limit": limit, "id": told.id, "for": sealed}
        chain.append(where.group.uid, where.opened, where.me.holder, document)


def _sealed_to(where: Place, membership: str, told: str) -> str:
    """A note that one person can open, and that looks the same whoever it is for."""
    line = next((one for one in where.state.people if one.membership == membership), None)
    if line is None:
        raise RefusedError("not in the roster")
    return suite.seal_to(documents.recipient(line).read_public, TOLD, prefixed("told", told)).hex()


def concerns(where: Place, document: Document) -> bool:
    """Whether an entry about telling somebody outside is about this reader."""
    try:
        note = where.me.holder.read.open(bytes.fromhex(document["for"]), prefixed("told", document["id"]))
    except VaultError:
        return False
    return note == TOLD


def open_as_backup(where: Place, case: str) -> None:
    """The backup opens a case that climbed: noted on the desk and in the open ledger first. Raises `RefusedError`."""
    with transaction.atomic():
        found = _locked(where, case)
        if not found.has_climbed(now()):
            raise RefusedError("not climbed")
        if not found.may_be_read(where):
            append(where, CaseOpened(**stamp(where), case=case))
            document = {"act": "case-opened", "by": where.membership.uid}
            chain.append(where.group.uid, where.opened, where.me.holder, document)


def counsellors(where: Place) -> tuple[str, ...]:
    found = where.group.memberships.filter(role=Membership.Role.COUNSELLOR, state=Membership.State.ACTIVE)
    return tuple(found.values_list("person_id", flat=True))


def _locked(where: Place, case: str) -> Case:
    Keyring.objects.select_for_update().get(kind=keyrings.ALERT, scope=where.group.uid)
    found = next((one for one in cases(where) if one.id == case), None)
    if found is None:
        raise RefusedError("no such case")
    return found


def append(where: Place, event: Event) -> None:
    """Seal one to whoever stands at the desk. Raises `RefusedError`."""
    opened = open_alert(where)
    if opened.lock is None:
        raise RefusedError("no key")
    appender = rows.Appender.locked(opened.keyring, opened.lock)
    appender.add(event.id, rules.to_document(event))
    appender.flush()
