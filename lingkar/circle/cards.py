"""Feedback cards: acts over HTTP, because the first card between two people makes their keyring and grants it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from lingkar.circle import climb, pairs
from lingkar.circle.drafts import Draft, Outcome
from lingkar.circle.keep import keep
from lingkar.circle.keys import RoomKeys, events, need, open_room, setting
from lingkar.circle.moment import stamp
from lingkar.circle.news import News, announce
from lingkar.groups.access import Place
from lingkar.groups.models import GroupSession, Membership
from lingkar.principles.acceptance.events import NudgeAnswered
from lingkar.principles.contract import Event
from lingkar.principles.feedback import gate, guide
from lingkar.principles.feedback.events import CardAnswered, CardDecided, CardHeld, CardRound, CardSent

WORDS = ("by", "to", "saw", "effect", "wish", "corrective")


@dataclass(frozen=True)
class Card:
    """One card as a reader sees it, with its receiver's answer where there is one."""

    card: CardSent
    answer: CardAnswered | None


@dataclass(frozen=True)
class Held:
    """A card that waits, or what became of it. `decision` is empty while it waits."""

    card: CardHeld
    decision: str = ""
    advice: str = ""


def give(where: Place, session: GroupSession, to: str, parts: dict[str, Any], *, insists: bool) -> Outcome:
    """Send a card: refused with a rule, nudged once, held for the counsellor, or kept for both and the counsellors."""
    with transaction.atomic():
        keys = _locked_keys(where, session)
        receiver = where.state.line(to)
        card = CardSent(**stamp(where), to=to, **parts)
        active = where.group.memberships.filter(uid=to, state=Membership.State.ACTIVE)
        if receiver is None or receiver.is_counsellor or not active.exists():
            return Outcome(card.id, "refused", rule="FEEDBACK-GONE")
        if not card.saw.strip() or not card.wish.strip():
            return Outcome(card.id, "refused", rule="EMPTY")
        given = [one.card for one in cards(where, session) if one.card.by == card.by]
        if before := _sent_before(card, given, held(where, session)):
            return before
        if shut := gate.shut(card, events(keys.room), given, session.number):
            return Outcome(card.id, "refused", rule=shut.rule)
        pair = pairs.pair(where, session, pairs.own_line(where), receiver)
        outcome = keep([Draft(card, keys, setting(where), insists, pair)])[0]
    _tell(where, session, outcome, receiver.person)
    return outcome


def _sent_before(card: CardSent, given: Sequence[CardSent], waiting: Sequence[Held]) -> Outcome | None:
    """The same words to the same person again are the same card: a second tap, another tab, a lost answer."""
    for state, others in (("kept", given), ("held", [one.card for one in waiting if one.decision in ("", "released")])):
        for other in others:
            if all(getattr(other, name) == getattr(card, name) for name in WORDS):
                return Outcome(other.id, state)
    return None


def answer(where: Place, session: GroupSession, target: str, helped: int, question: str) -> Outcome:
    """Thanks, a question back, and whether it helped; once for each card that came to me."""
    with transaction.atomic():
        keys = _locked_keys(where, session)
        mine = where.membership.uid
        found = next((one for one in cards(where, session) if one.card.id == target and one.card.to == mine), None)
        giver = where.state.line(found.card.by) if found else None
        if found is None or giver is None or found.answer:
            return Outcome(target, "refused", rule="NOT-THERE")
        event = CardAnswered(**stamp(where), target=target, to=giver.membership, helped=helped, question=question)
        pair = pairs.pair(where, session, pairs.own_line(where), giver)
        outcome = keep([Draft(event, keys, setting(where), insists=True, pair=pair)])[0]
    _tell(where, session, outcome, giver.person)
    return outcome


def begin_round(where: Place, session: GroupSession, ready: Sequence[str]) -> Outcome:
    """The counsellor pairs all who are ready. Refused before the working stage and for fewer than two."""
    with transaction.atomic():
        keys = _locked_keys(where, session)
        order = [line.membership for line in where.state.roster if line.membership in ready and not line.is_counsellor]
        given = [(one.card.by, one.card.to) for one in cards(where, session)]
        pairs_made = guide.paired(order, given)
        event = CardRound(**stamp(where), pairs=tuple(f"{giver}>{to}" for giver, to in pairs_made))
        if shut := gate.shut_stage(events(keys.room)):
            return Outcome(event.id, "refused", rule=shut.rule)
        if not pairs_made:
            return Outcome(event.id, "refused", rule="FEEDBACK-FEW")
        outcome = keep([Draft(event, keys, setting(where))])[0]
    persons = tuple(line.person for line in where.state.roster if line.membership in ready)
    announce(News(session.uid, outcome.deliveries, cards_for=persons))
    return outcome


def my_turn(room: Sequence[Event], given: Sequence[Card], mine: str) -> str:
    """Whom the latest round asks me to give a card to; empty where I did already, or there is none."""
    rounds = [event for event in room if isinstance(event, CardRound)]
    if not rounds:
        return ""
    to = dict(pair.split(">") for pair in rounds[-1].pairs).get(mine, "")
    done = any(one.card.by == mine and one.card.to == to and one.card.at >= rounds[-1].at for one in given)
    return "" if done else to


def count_softened(where: Place, keys: RoomKeys, rule: str) -> None:
    """A card that a guide asked about was rewritten: counted without its words and without whose it is."""
    keep([Draft(NudgeAnswered(**stamp(where), rule=rule, answer="softened"), keys, setting(where))])


def decide(where: Place, session: GroupSession, target: str, decision: str, advice: str) -> Outcome:
    """The counsellor releases a held card, coaches it back with a word to its giver, or declines it. Once."""
    with transaction.atomic():
        keys = _locked_keys(where, session)
        waiting = next((one for one in held(where, session) if one.card.id == target and not one.decision), None)
        giver = where.state.line(waiting.card.by) if waiting else None
        if waiting is None or giver is None:
            return Outcome(target, "refused", rule="NOT-THERE")
        decided = CardDecided(**stamp(where), target=target, giver=giver.membership, decision=decision, advice=advice)
        drafts = [Draft(decided, keys, setting(where), pair=pairs.pair(where, session, giver, pairs.own_line(where)))]
        receiver = where.state.line(waiting.card.to)
        if decision == "released" and receiver:
            card = CardSent(**{name: getattr(waiting.card, name) for name in CARD_FIELDS})
            pair = pairs.pair(where, session, giver, receiver)
            drafts.append(Draft(card, keys, setting(where), pair=pair, released_by=where.membership.uid))
        outcome = keep(drafts)[-1]
    persons = [line.person for line in (giver, receiver) if line]
    announce(News(session.uid, cards_for=tuple(persons)))
    return outcome


CARD_FIELDS = ("id", "at", *WORDS)


def cards(where: Place, session: GroupSession) -> list[Card]:
    """Every card of this session that this reader may open, oldest first."""
    seen = [event for ring in pairs.opened(where, session) for event in events(ring)]
    answers = {event.target: event for event in seen if isinstance(event, CardAnswered)}
    found = [Card(event, answers.get(event.id)) for event in seen if isinstance(event, CardSent)]
    return sorted(found, key=lambda one: one.card.at)


def held(where: Place, session: GroupSession) -> list[Held]:
    """Held cards: all of them for a counsellor, one's own (from the own copy) for their giver."""
    keys = need(open_room(where, session))
    waiting = keys.counsellors if where.is_counsellor else keys.author
    decided = {
        event.target: event
        for ring in pairs.opened(where, session)
        for event in events(ring)
        if isinstance(event, CardDecided)
    }
    found = [event for event in events(waiting) if isinstance(event, CardHeld)]
    return [
        Held(card, decided[card.id].decision, decided[card.id].advice) if card.id in decided else Held(card)
        for card in found
    ]


def _locked_keys(where: Place, session: GroupSession) -> RoomKeys:
    GroupSession.objects.select_for_update().get(pk=session.pk)
    return need(open_room(where, session))


def _tell(where: Place, session: GroupSession, outcome: Outcome, other: str) -> None:
    """After the commit: the other one's page says that there is a card; the counsellors' that something waits."""
    counsellors = tuple(line.person for line in where.state.roster if line.is_counsellor)
    climb.follow(where.group.uid, outcome)
    told = {"kept": (other,), "held": counsellors}.get(outcome.state, ())
    announce(News(session.uid, cards_for=told, signal_for=counsellors if outcome.signal else ()))
