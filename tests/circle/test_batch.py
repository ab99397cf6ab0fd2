"""What comes in the same moment is decided together: a batch sees what it adds and what it takes out."""

import pytest

from lingkar.circle.drafts import Draft
from lingkar.circle.events import HeldReleased
from lingkar.circle.keep import keep
from lingkar.principles.confidentiality.events import Withdrawn
from lingkar.principles.openness.events import RoundEnded, RoundPassed, RoundStarted
from tests.cast import make_circle, post, stamp
from tests.circle.test_rounds import answer, heard, start

pytestmark = pytest.mark.django_db
GRAVE = "aku sudah siapin tali buat gantung diri malam ini"


def draft(circle, who, event):
    return Draft(event, circle.keys(who), circle.setting(who), insists=True)


@pytest.fixture
def circle():
    return make_circle(3)


def texts(circle):
    return [one.text for one in heard(circle, circle.members[1])]


@pytest.mark.parametrize("first", ["taken back", "ended"])
def test_an_answer_taken_back_as_the_round_ends_is_nowhere(circle, first):
    started, who = start(circle), circle.members[0]
    mine = answer(who, started, "Kutarik")
    circle.say(who, mine)
    both = [
        draft(circle, who, Withdrawn(**stamp(who), target=mine.id)),
        draft(circle, circle.where, RoundEnded(**stamp(circle.where))),
    ]
    outcomes = keep(both if first == "taken back" else both[::-1])
    assert [one.state for one in outcomes] == ["kept", "kept"]
    assert texts(circle) == []


@pytest.mark.parametrize("first", ["taken back", "let through"])
def test_a_held_word_taken_back_as_it_is_let_through_is_nowhere(circle, first):
    who = circle.members[0]
    mine = post(who, GRAVE)
    assert circle.say(who, mine).state == "held"
    release = HeldReleased(**stamp(circle.where), target=mine.id, author=who.membership.uid)
    both = [draft(circle, who, Withdrawn(**stamp(who), target=mine.id)), draft(circle, circle.where, release)]
    outcomes = keep(both if first == "taken back" else both[::-1])
    assert sorted(one.state for one in outcomes) == (["kept", "refused"] if first == "taken back" else ["kept", "kept"])
    assert texts(circle) == []


def test_said_and_taken_back_in_one_moment_is_nowhere(circle):
    who = circle.members[0]
    mine = post(who, "Kutarik")
    keep([draft(circle, who, mine), draft(circle, who, Withdrawn(**stamp(who), target=mine.id))])
    assert texts(circle) == []


def test_an_answer_right_after_the_end_is_refused_and_not_lost(circle):
    started, who = start(circle), circle.members[0]
    ended, late = keep(
        [
            draft(circle, circle.where, RoundEnded(**stamp(circle.where))),
            draft(circle, who, answer(who, started, "Terlambat")),
        ]
    )
    assert (ended.state, late.state, late.rule) == ("kept", "refused", "ROUND-OVER")


def test_two_ends_in_one_moment_show_the_answers_once(circle):
    started, who = start(circle), circle.members[0]
    circle.say(who, answer(who, started, "Satu"))
    keep([draft(circle, circle.where, RoundEnded(**stamp(circle.where))) for _ in range(2)])
    assert texts(circle) == ["Satu"]


def test_a_new_round_waits_until_the_hidden_one_has_ended(circle):
    started, who = start(circle), circle.members[0]
    circle.say(who, answer(who, started, "Satu"))
    again = RoundStarted(**stamp(circle.where), order=(), together=True)
    assert circle.say(circle.where, again).rule == "ROUND-RUNNING"
    circle.say(circle.where, RoundEnded(**stamp(circle.where)))
    assert texts(circle) == ["Satu"]


def test_a_held_answer_is_let_through_only_after_the_round(circle):
    started, who = start(circle), circle.members[0]
    mine = answer(who, started, GRAVE)
    assert circle.say(who, mine).state == "held"

    def release():
        event = HeldReleased(**stamp(circle.where), target=mine.id, author=who.membership.uid)
        return circle.say(circle.where, event)

    assert release().rule == "ROUND-RUNNING"
    assert texts(circle) == []
    circle.say(circle.where, RoundEnded(**stamp(circle.where)))
    assert release().state == "kept"
    assert texts(circle) == [GRAVE]


def test_whoever_came_after_the_round_began_answers_no_more(circle):
    order = tuple(one.membership.uid for one in circle.members[:2])
    started = RoundStarted(**stamp(circle.where), order=order, together=True)
    circle.say(circle.where, started)
    late = circle.members[2]
    assert circle.say(late, answer(late, started.id, "Aku juga")).rule == "ROUND-NOT-YOURS"
    assert circle.say(late, RoundPassed(**stamp(late), round=started.id)).rule == "ROUND-NOT-YOURS"
