"""Rounds of cards that pair everybody, the counsellor's mirror, and the check judged by receivers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lingkar.circle import cards
from lingkar.circle.keys import events
from lingkar.lexicon import feedback
from lingkar.principles.acceptance import gauge as acceptance
from lingkar.principles.contract import Sight
from lingkar.principles.feedback import gauge, guide
from lingkar.principles.feedback.events import Readiness
from lingkar.principles.openness.events import Post
from lingkar.principles.responsibility import guide as responsibility
from lingkar.principles.responsibility.events import Admitted
from lingkar.principles.trust.events import StageMoved
from tests.cast import make_circle, stamp
from tests.circle.test_wheel import make


@pytest.mark.holds("FEEDBACK-5")
@given(st.integers(0, 12))
def test_everybody_gives_one_and_gets_one_and_meets_all_in_turn(many):
    members = [f"m{number}" for number in range(many)]
    met: list[tuple[str, str]] = []
    for _round in range(max(0, many - 1)):
        pairs = guide.paired(members, met)
        assert [giver for giver, _to in pairs] == members
        assert sorted(to for _giver, to in pairs) == sorted(members)
        assert all(giver != to for giver, to in pairs)
        met += pairs
    assert len(set(met)) == len(met) == many * max(0, many - 1)
    assert (guide.paired(members, met) == []) is (many < 2)


@pytest.mark.django_db
@pytest.mark.holds("FEEDBACK-5")
def test_a_round_pairs_those_who_are_ready_and_each_sees_their_turn_until_it_is_done():
    circle = make_circle(3)
    lead = circle.place(circle.where)
    ready = [who.membership.uid for who in circle.members[:2]]
    assert cards.begin_round(lead, circle.session, ready).rule == "FEEDBACK-STAGE"
    circle.say(circle.where, StageMoved(**stamp(circle.where), stage="working", minutes=7))
    assert cards.begin_round(lead, circle.session, ready[:1]).rule == "FEEDBACK-FEW"
    for who in circle.members[:2]:
        circle.say(who, Readiness(**stamp(who), ready=True))
    assert cards.begin_round(lead, circle.session, ready).state == "kept"
    giver, room = circle.place(circle.members[0]), events(circle.keys(circle.members[0]).room)
    assert cards.my_turn(room, [], ready[0]) == ready[1]
    assert cards.my_turn(room, [], circle.members[2].membership.uid) == ""
    parts = {"saw": "Tadi kamu menunggu.", "effect": "", "wish": "Aku menghargainya.", "corrective": False}
    cards.give(giver, circle.session, ready[1], parts, insists=True)
    given_now = cards.cards(circle.place(circle.members[0]), circle.session)
    assert cards.my_turn(room, given_now, ready[0]) == ""


@pytest.mark.holds("FEEDBACK-6")
def test_the_check_is_judged_by_those_who_received():
    answers = [("a", True, 2), ("b", True, 0), ("c", False, 1), ("d", False, 2)]
    reading = gauge.agreement(answers)
    assert (reading.part, reading.whole, reading.evidence) == (2, 4, ("a", "c"))
    assert gauge.agreement([]).share is None


@pytest.mark.holds("FEEDBACK-3")
def test_four_qualities_are_read_one_by_one():
    good = "Waktu kamu bilang giliranku tadi, aku merasa didengar. Mungkin lain kali bisa bicara lebih pelan ya."
    read = guide.qualities(feedback(good))
    assert read["gentle"]
    assert read["specific"]
    assert read["actionable"]
    assert not guide.qualities(feedback("dasar bego lu"))["gentle"]


@pytest.mark.holds("ACCEPTANCE-7")
def test_the_mirror_shows_what_the_counsellor_answered_how_soon_and_how():
    said = (
        make(StageMoved, 0, "lead", stage="working", minutes=20),
        make(Post, 60, "m1", text="cerita"),
        make(Post, 120, "m2", text="cerita lain"),
        make(Post, 180, "lead", text="Boleh cerita lagi?", reply_to="Post-60"),
        make(Post, 240, "lead", text="Aku dengar.", reply_to="Post-120"),
        make(Post, 300, "m3", text="cerita ketiga"),
        make(Post, 360, "m1", text="sama", reply_to="Post-300"),
    )
    reading, answers = acceptance.received(Sight(said, ("m1", "m2", "m3")), "lead")
    assert (reading.part, reading.whole) == (2, 3)
    assert [(one.by, one.seconds, one.asked) for one in answers] == [("m1", 120.0, True), ("m2", 120.0, False)]


@pytest.mark.holds("RESPONSIBILITY-3")
def test_who_was_let_in_and_said_nothing_is_not_heard():
    said = [make(Admitted, at, "lead", member=f"m{at}", name="", seat=at) for at in (1, 2)]
    said.append(make(Post, 3, "m1", text="halo"))
    assert [one.member for one in responsibility.unheard(said)] == ["m2"]
