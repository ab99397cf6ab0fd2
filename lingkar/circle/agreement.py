"""Norms that the group writes, limits that are worded anew, and who signed what: proposals, versions, signatures."""

from collections.abc import Sequence
from dataclasses import dataclass

from lingkar.circle import between
from lingkar.circle.drafts import Draft, Outcome
from lingkar.circle.keep import keep
from lingkar.circle.keys import events, need, open_room, setting
from lingkar.circle.moment import stamp
from lingkar.circle.news import News, announce
from lingkar.circle.publish import publish
from lingkar.groups import actions
from lingkar.groups.access import Place
from lingkar.groups.documents import Revision
from lingkar.groups.models import GroupSession
from lingkar.principles.acceptance import gate as acceptance_gate
from lingkar.principles.acceptance.events import AgreementSigned, NormAnswered, NormProposed, NormsAgreed
from lingkar.principles.confidentiality import gate as confidentiality_gate
from lingkar.principles.contract import Event


@dataclass(frozen=True)
class Proposal:
    """A proposed norm, who agrees with it, and objections as (by, reason)."""

    norm: NormProposed
    agree: tuple[str, ...]
    objections: tuple[tuple[str, str], ...]


class AskedError(Exception):
    """Something changed that this member has not signed yet, in the circle with this uid."""

    def __init__(self, group: str) -> None:
        super().__init__("sign first")
        self.group = group


def need_signed(where: Place, session: GroupSession) -> None:
    """Raises `AskedError` where an open room gives a member nothing before they have signed."""
    if session.state == GroupSession.State.OPEN and asked(where):
        raise AskedError(where.group.uid)


def asked(where: Place) -> Revision | None:
    """What this member has not signed yet; None for counsellors, and where nothing changed."""
    line = where.state.line(where.membership.uid)
    if where.is_counsellor or line is None or line.signed >= where.state.sheet.version:
        return None
    own = [event.version for event in between.given(where) if isinstance(event, AgreementSigned)]
    found = where.state.changes_since(max([line.signed, *own]))
    if found is None:
        return None
    shut = acceptance_gate.agreed((*found.added, *found.removed)) or confidentiality_gate.accepted(found.limits)
    return found if shut else None


def sign(where: Place, version: int) -> Outcome | None:
    """The sheet of this version, by a member who has read it; None where there is a newer one to read first."""
    if where.state.sheet.version != version:
        return None
    message = actions.agreement_message(where.group.uid, where.state.sheet)
    signature = where.me.holder.signing.sign("agreement", message).hex()
    event = AgreementSigned(**stamp(where), version=where.state.sheet.version, signature=signature)
    return between.give(where, event)


def settle(where: Place) -> None:
    """The counsellor is here: signatures given since are checked and noted on the roster, where everybody sees them."""
    version = where.state.sheet.version
    if all(line.signed >= version for line in where.state.roster if not line.is_counsellor):
        return
    given = [event for event in between.given(where) if isinstance(event, AgreementSigned) and event.version == version]
    actions.take_signatures(where, {event.by: bytes.fromhex(event.signature) for event in given})


def proposals(where: Place, session: GroupSession) -> list[Proposal]:
    """Proposed in a session this reader was let into, oldest first; what is a norm by now is left out."""
    keys = open_room(where, session)
    room = events(keys.room) if keys else []
    return [one for one in _fold(room) if one.norm.text not in where.state.sheet.norms]


def _fold(room: Sequence[Event]) -> list[Proposal]:
    found = []
    for norm in [event for event in room if isinstance(event, NormProposed)]:
        last = {event.by: event for event in room if isinstance(event, NormAnswered) and event.target == norm.id}
        agree = tuple(by for by, one in last.items() if one.agrees)
        against = tuple((by, one.objection) for by, one in last.items() if not one.agrees)
        found.append(Proposal(norm, agree, against))
    return found


def say(where: Place, session: GroupSession, event: Event, *, insists: bool) -> Outcome:
    """Propose or answer, by the one write path; heard in the room at once."""
    outcome = keep([Draft(event, need(open_room(where, session)), setting(where, session), insists)])[0]
    publish(session.uid, outcome)
    return outcome


def take_limits(where: Place, own_limits: tuple[str, ...]) -> None:
    """By the counsellor: the limits as the organisation words them now."""
    if actions.revise(where, own_limits=own_limits):
        _ask_again(where)


def _ask_again(where: Place) -> None:
    """Sockets that are open in a room give nothing more until their members have signed."""
    for session in where.group.sessions.filter(state=GroupSession.State.OPEN):
        announce(News(session.uid, sign_first=True))


def agree(where: Place, session: GroupSession | None, norms: tuple[str, ...]) -> bool:
    """The counsellor writes down what the group agreed on. False where nothing changed."""
    if not actions.revise(where, norms=norms):
        return False
    _ask_again(where)
    if session and session.state == GroupSession.State.OPEN:
        say(where, session, NormsAgreed(**stamp(where), version=where.state.sheet.version), insists=True)
    return True
