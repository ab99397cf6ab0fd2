"""Something weighs on a member (ada yang mengganjal): one private line, its answer, and whether it is better now."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from lingkar.circle import meeting, pairs, past
from lingkar.circle.drafts import Draft, Outcome
from lingkar.circle.keep import keep
from lingkar.circle.keys import events, need, open_room, setting
from lingkar.circle.moment import stamp
from lingkar.circle.publish import publish
from lingkar.groups.access import Place
from lingkar.groups.documents import RosterLine
from lingkar.groups.models import GroupSession
from lingkar.principles.contract import Event
from lingkar.principles.trust.events import RuptureAnswered, RuptureRaised, RuptureSettled
from lingkar.vault.errors import RefusedError


@dataclass(frozen=True)
class Rupture:
    """One line, the session it stands beside, and what became of it."""

    raised: RuptureRaised
    session: GroupSession
    answer: RuptureAnswered | None
    settled: RuptureSettled | None


def ruptures(where: Place) -> list[Rupture]:
    """A member's own; for counsellors everybody's. Those without an answer first, then the newest."""
    found = [one for session in past.held(where) for one in _fold(session, events_of(where, session))]
    return sorted(found, key=lambda one: (one.answer is not None, -one.raised.at))


def events_of(where: Place, session: GroupSession) -> list[Event]:
    """Lines, answers and verdicts of one session that this reader may open."""
    kinds = (RuptureRaised, RuptureAnswered, RuptureSettled)
    return [one for ring in pairs.opened(where, session) for one in events(ring) if isinstance(one, kinds)]


def say(where: Place, text: str) -> Outcome:
    """By a member, beside the latest session they were in. Raises `RefusedError` before the first."""
    for session in reversed(past.held(where)):
        keys = open_room(where, session)
        if keys and keys.is_admitted:
            with transaction.atomic():
                event = RuptureRaised(**stamp(where), text=text)
                outcome = _keep(where, session, event, pairs.own_line(where))
            return _told(session, outcome)
    raise RefusedError("no session yet")


def answer(where: Place, target: str, text: str) -> Outcome:
    """By a counsellor, once. Raises `RefusedError`."""
    meeting.turn_keys_if_due(where, _find(where, target).session)
    with transaction.atomic():
        found = _find(where, target, lock=True)
        everybody = (*where.state.roster, *where.state.former)
        line = next((one for one in everybody if one.membership == found.raised.by), None)
        if not where.is_counsellor or found.answer or line is None:
            raise RefusedError("not now")
        outcome = _keep(where, found.session, RuptureAnswered(**stamp(where), target=target, text=text), line)
    return _told(found.session, outcome)


def settle(where: Place, target: str, better: int) -> Outcome:
    """By whoever raised it, once it was answered: 2 better, 1 a little, 0 not yet. Raises `RefusedError`."""
    with transaction.atomic():
        found = _find(where, target, lock=True)
        if found.raised.by != where.membership.uid or found.answer is None or found.settled:
            raise RefusedError("not now")
        event = RuptureSettled(**stamp(where), target=target, better=better)
        outcome = _keep(where, found.session, event, pairs.own_line(where))
    return _told(found.session, outcome)


def _fold(session: GroupSession, found: Sequence[Event]) -> list[Rupture]:
    answers = {one.target: one for one in found if isinstance(one, RuptureAnswered)}
    settled = {one.target: one for one in found if isinstance(one, RuptureSettled)}
    raised = [one for one in found if isinstance(one, RuptureRaised)]
    return [Rupture(one, session, answers.get(one.id), settled.get(one.id)) for one in raised]


def _find(where: Place, target: str, *, lock: bool = False) -> Rupture:
    """Read under the session's lock where what follows may happen only once."""
    for session in past.held(where):
        if not any(one.raised.id == target for one in _fold(session, events_of(where, session))):
            continue
        if lock:
            GroupSession.objects.select_for_update().get(pk=session.pk)
        return next(one for one in _fold(session, events_of(where, session)) if one.raised.id == target)
    raise RefusedError("not there")


def _keep(where: Place, session: GroupSession, event: Event, member: RosterLine) -> Outcome:
    """Under the keyring of this member and the counsellors; no guide asks for gentler words here."""
    lead = next(line for line in where.state.roster if line.is_counsellor)
    keys = need(open_room(where, session))
    pair = pairs.pair(where, session, member, lead)
    return keep([Draft(event, keys, setting(where), insists=True, pair=pair)])[0]


def _told(session: GroupSession, outcome: Outcome) -> Outcome:
    publish(session.uid, outcome)
    return outcome
