"""The safety desk: a checklist, a clock and a log of each case; no judge (design, section 4; domain.md, section c)."""

import time
import uuid
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from lingkar.circle import rules
from lingkar.circle.events import CaseRaised, CaseStep, CaseTold
from lingkar.circle.keys import open_alert
from lingkar.circle.news import News, announce
from lingkar.groups import rows
from lingkar.groups.access import Place
from lingkar.groups.models import Membership
from lingkar.ledger import chain
from lingkar.principles.confidentiality import limits
from lingkar.principles.contract import Event
from lingkar.vault import keyrings
from lingkar.vault.errors import RefusedError
from lingkar.vault.models import Keyring

STATES = ("raised", "acknowledged", "contacted", "asked", "acting", "follow-up", "closed")
SOURCES = ("talk", "now", "counsellor")


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
    log: list[CaseStep | CaseTold] = field(default_factory=list)

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

    @property
    def following(self) -> tuple[str, ...]:
        """States a counsellor may move it to: any later one, and back to acting from the follow-up."""
        later = STATES[STATES.index(self.state) + 1 :]
        return ("acting", *later) if self.state == "follow-up" else later


def fold(events: list[Event]) -> list[Case]:
    """Cases from the desk's events, the newest first."""
    cases: dict[str, Case] = {}
    for event in events:
        if isinstance(event, CaseRaised):
            cases[event.id] = Case(event, level=event.level)
        elif isinstance(event, CaseStep | CaseTold) and event.case in cases:
            case = cases[event.case]
            case.log.append(event)
            if isinstance(event, CaseStep):
                case.state, case.level = event.state, event.level or case.level
    return sorted(cases.values(), key=lambda case: -case.raised.at)


def cases(where: Place) -> list[Case]:
    """All cases of a group; empty for whoever cannot open the desk."""
    opened = open_alert(where)
    found = rows.read(opened) if opened.keys else []
    return fold([rules.from_document(row.document, row.number) for row in found if row.document])


def raise_case(where: Place, source: str, text: str = "", member: str = "", session: str = "") -> None:
    """A member asks for help, or a counsellor opens a case by hand. It reaches every counsellor's page at once."""
    about = where.state.line(member or where.membership.uid)
    if source not in SOURCES or about is None or (where.is_counsellor is not (source == "counsellor")):
        raise RefusedError("not for you")
    level = {"now": 3, "talk": 0}.get(source, 1)
    who: dict[str, Any] = {"member": about.membership, "name": about.name}
    event = CaseRaised(**_stamp(where), **who, source=source, level=level, text=text, session=session)
    with transaction.atomic():
        _append(where, event)
    announce(News(session, signal_for=counsellors(where)))


def step(where: Place, case: str, expected: str, state: str, text: str, level: int) -> None:
    """Move a case on. Raises `MovedOnError` when it is no longer in the state the page showed, `RefusedError`."""
    with transaction.atomic():
        found = _locked(where, case)
        if found.state != expected:
            raise MovedOnError(found.log[-1].by if found.log else "")
        if state not in (found.state, *found.following):
            raise RefusedError("not after this")
        _append(where, CaseStep(**_stamp(where), case=case, state=state, text=text, level=level))
    announce(News(found.raised.session, signal_for=counsellors(where)))


def tell(where: Place, case: str, limit: str, to: str, text: str, hidden_because: str) -> None:
    """Before anybody outside is told: the limit, to whom and how little, here and in the open ledger.

    The ledger names the member and the limit, so that they see it, unless that would add danger.
    """
    if limit not in limits.LIMITS or not to.strip() or not text.strip():
        raise RefusedError("incomplete")
    with transaction.atomic():
        found = _locked(where, case)
        told = CaseTold(**_stamp(where), case=case, limit=limit, to=to, text=text, hidden_because=hidden_because)
        _append(where, told)
        details = {} if hidden_because.strip() else {"member": found.raised.member}
        document = {"act": "told", "by": where.membership.uid, "limit": limit, **details}
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


def _append(where: Place, event: Event) -> None:
    opened = open_alert(where)
    if opened.lock is None:
        raise RefusedError("no key")
    appender = rows.Appender.locked(opened.keyring, opened.lock)
    appender.add(event.id, rules.to_document(event))
    appender.flush()


def _stamp(where: Place) -> dict[str, Any]:
    return {"id": uuid.uuid4().hex, "by": where.membership.uid, "at": time.time()}
