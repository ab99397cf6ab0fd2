"""Feedback cards: when they may be given, who reads them, and what waits for a human."""

import pytest

from lingkar.circle import cards, meeting
from lingkar.groups.models import SealedEvent
from lingkar.principles.feedback.events import Readiness
from lingkar.principles.trust.events import StageMoved
from lingkar.vault.models import Grant, Keyring
from tests.cast import make_circle, stamp
from tests.circle.test_keep import every_key, opens

pytestmark = pytest.mark.django_db
KIND = {"saw": "Tadi kamu menunggu Rumi selesai bicara.", "effect": "Aku jadi tenang.", "wish": "Aku menghargainya."}
NASTY = {"saw": "dasar cengeng", "effect": "", "wish": "dasar cengeng"}


@pytest.fixture
def circle():
    made = make_circle(3)
    made.say(made.where, StageMoved(**stamp(made.where), stage="working", minutes=20))
    made.say(made.members[1], Readiness(**stamp(made.members[1]), ready=True))
    return made


def give(circle, parts, *, corrective=False, insists=False, to=1, by=0):
    place = circle.place(circle.members[by])
    receiver = circle.members[to].membership.uid
    return cards.give(place, circle.session, receiver, {**parts, "corrective": corrective}, insists=insists)


def test_a_card_reaches_its_receiver_and_the_counsellor_and_nobody_else(circle):
    assert give(circle, KIND).state == "kept"
    one, two, three = circle.members
    for who, sees in ((one, 1), (two, 1), (circle.where, 1), (three, 0)):
        assert len(cards.cards(circle.place(who), circle.session)) == sees
    outsider = [d for e in SealedEvent.objects.all() for d in opens(e, every_key(circle.place(three)))]
    assert not any(document.get("saw") for document in outsider)
    insider = [d for e in SealedEvent.objects.all() for d in opens(e, every_key(circle.place(circle.where)))]
    assert any(document.get("saw") for document in insider)


@pytest.mark.holds("FEEDBACK-1")
@pytest.mark.parametrize(
    ("change", "rule"),
    [("self", "FEEDBACK-SELF"), ("not ready", "FEEDBACK-NOT-READY"), ("corrective", "FEEDBACK-APPRECIATE-FIRST"),
     ("stage", "FEEDBACK-STAGE"), ("left", "FEEDBACK-GONE"), ("empty", "EMPTY")],
)  # fmt: skip
def test_it_says_why_a_card_cannot_be_given_now(circle, change, rule):
    if change == "stage":
        circle.say(circle.where, StageMoved(**stamp(circle.where), stage="transition", minutes=5))
    if change == "left":
        meeting.remove(circle.place(circle.where), circle.members[1].membership)
    parts = {**KIND, "wish": " "} if change == "empty" else KIND
    to = {"self": 0, "not ready": 2}.get(change, 1)
    assert give(circle, parts, corrective=change == "corrective", to=to).rule == rule


def test_a_suggestion_follows_appreciation_and_both_are_kept_once_each(circle):
    assert give(circle, KIND).state == "kept"
    assert give(circle, KIND, corrective=True).state == "kept"
    assert [one.card.corrective for one in cards.cards(circle.place(circle.members[1]), circle.session)] == [
        False,
        True,
    ]


@pytest.mark.holds("FEEDBACK-2", "ACCEPTANCE-2")
def test_an_attack_asks_once_then_waits_for_the_counsellor(circle):
    assert give(circle, NASTY).state == "nudged"
    assert give(circle, NASTY, insists=True).state == "held"
    assert cards.cards(circle.place(circle.members[1]), circle.session) == []
    assert len(cards.held(circle.place(circle.members[0]), circle.session)) == 1
    assert cards.held(circle.place(circle.members[1]), circle.session) == []


@pytest.mark.parametrize("decision", ["released", "coached", "declined"])
def test_a_held_card_is_decided_once(circle, decision):
    give(circle, NASTY, insists=True)
    lead = circle.place(circle.where)
    card = cards.held(lead, circle.session)[0].card
    assert cards.decide(lead, circle.session, card.id, decision, "Coba mulai dari yang kamu lihat.").state == "kept"
    assert cards.decide(lead, circle.session, card.id, "released", "").rule == "NOT-THERE"
    shown = cards.cards(circle.place(circle.members[1]), circle.session)
    assert [one.card.by for one in shown] == ([card.by] if decision == "released" else [])
    mine = cards.held(circle.place(circle.members[0]), circle.session)[0]
    assert mine.decision == decision


def test_words_of_risk_in_a_card_reach_the_counsellor_and_wait(circle):
    outcome = give(circle, {**KIND, "wish": "aku udah nyiapin obatnya, ini malam terakhirku"})
    assert (outcome.state, outcome.signal) == ("held", True)


def test_only_the_receiver_answers_and_only_once(circle):
    give(circle, KIND)
    receiver = circle.place(circle.members[1])
    card = cards.cards(receiver, circle.session)[0].card
    assert cards.answer(circle.place(circle.members[0]), circle.session, card.id, 2, "").rule == "NOT-THERE"
    assert cards.answer(receiver, circle.session, card.id, 2, "Yang mana maksudmu?").state == "kept"
    assert cards.answer(receiver, circle.session, card.id, 0, "").rule == "NOT-THERE"
    seen = cards.cards(circle.place(circle.members[0]), circle.session)[0]
    assert (seen.answer.helped, seen.answer.question) == (2, "Yang mana maksudmu?")


def test_a_removed_member_holds_no_card_key(circle):
    give(circle, KIND)
    gone = circle.members[1]
    meeting.remove(circle.place(circle.where), gone.membership)
    rings = Keyring.objects.filter(scope=circle.session.uid).values_list("uid", flat=True)
    assert not Grant.objects.filter(keyring_id__in=rings, recipient=gone.me.uid).exists()
