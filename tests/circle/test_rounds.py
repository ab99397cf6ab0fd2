"""Rounds in which no answer shows before the end; question cards; a moment before something very deep."""

from collections import Counter
from dataclasses import replace

import pytest

from lingkar.circle import meeting
from lingkar.circle.events import HeldPost
from lingkar.circle.keys import events
from lingkar.principles.confidentiality.events import Withdrawn
from lingkar.principles.contract import Setting
from lingkar.principles.openness import guide
from lingkar.principles.openness.cards import DEPTHS, question_cards
from lingkar.principles.openness.events import (
    AnswerGiven,
    BowlNote,
    Nameless,
    Post,
    RoundAnswered,
    RoundEnded,
    RoundPassed,
    RoundStarted,
)
from tests.cast import make_circle, post, stamp

pytestmark = pytest.mark.django_db


def start(circle, *, together=True):
    order = tuple(member.membership.uid for member in circle.members)
    event = RoundStarted(**stamp(circle.where), order=order, question="Apa kabar?", together=together)
    circle.say(circle.where, event)
    return event.id


def answer(who, started, text):
    return RoundAnswered(**stamp(who), text=text, round=started)


def heard(circle, who, kind=Post):
    return [event for event in events(circle.keys(who).room) if isinstance(event, kind)]


@pytest.mark.holds("OPENNESS-2")
def test_nobodys_answer_shows_before_the_end_and_a_pass_looks_like_one():
    circle = make_circle(3)
    started = start(circle)
    first, second, third = circle.members
    circle.say(second, answer(second, started, "Aku duluan"))
    circle.say(third, RoundPassed(**stamp(third), round=started))
    assert heard(circle, first) == []
    marks = heard(circle, first, AnswerGiven)
    assert [(mark.by, mark.round) for mark in marks] == [("", started)] * 2
    circle.say(first, answer(first, started, "Aku belakangan"))
    circle.say(circle.where, RoundEnded(**stamp(circle.where)))
    assert [(one.by, one.text) for one in heard(circle, third)] == [
        (first.membership.uid, "Aku belakangan"),
        (second.membership.uid, "Aku duluan"),
    ]


@pytest.mark.holds("OPENNESS-2")
def test_each_answers_once_and_never_after_the_end_or_in_an_open_round():
    circle = make_circle(2)
    started = start(circle)
    who = circle.members[0]
    assert circle.say(who, answer(who, started, "Satu")).state == "kept"
    assert circle.say(who, answer(who, started, "Dua")).rule == "ROUND-ANSWERED"
    assert circle.say(who, RoundPassed(**stamp(who), round=started)).rule == "ROUND-ANSWERED"
    circle.say(circle.where, RoundEnded(**stamp(circle.where)))
    circle.say(circle.where, RoundEnded(**stamp(circle.where)))
    assert len(heard(circle, who)) == 1
    other = circle.members[1]
    assert circle.say(other, answer(other, started, "Terlambat")).rule == "ROUND-OVER"
    turns = start(circle, together=False)
    assert circle.say(other, answer(other, turns, "Giliran")).rule == "ROUND-OVER"


def test_an_answer_can_be_taken_back_before_and_after():
    circle = make_circle(2)
    started = start(circle)
    first, second = circle.members
    early, late = answer(first, started, "Kutarik sebelum"), answer(second, started, "Kutarik sesudah")
    circle.say(first, early)
    circle.say(second, late)
    assert circle.say(first, Withdrawn(**stamp(first), target=early.id)).state == "kept"
    circle.say(circle.where, RoundEnded(**stamp(circle.where)))
    assert [one.text for one in heard(circle, first)] == ["Kutarik sesudah"]
    assert circle.say(second, Withdrawn(**stamp(second), target=late.id)).state == "kept"
    assert heard(circle, first) == []
    assert not [one for one in events(circle.keys(circle.where).counsellors) if isinstance(one, RoundAnswered)]


def test_an_answer_with_a_grave_sign_waits_for_the_counsellor_and_never_shows_by_itself():
    circle = make_circle(2)
    started = start(circle)
    who = circle.members[0]
    outcome = circle.say(who, answer(who, started, "aku sudah siapin tali buat gantung diri malam ini"))
    assert (outcome.state, outcome.signal) == ("held", True)
    circle.say(circle.where, RoundEnded(**stamp(circle.where)))
    assert heard(circle, circle.members[1]) == []
    assert [one.by for one in events(circle.keys(circle.where).counsellors) if isinstance(one, HeldPost)]


def test_whoever_left_is_not_shown_and_an_attack_is_asked_about():
    circle = make_circle(2)
    started = start(circle)
    first, second = circle.members
    assert circle.say(first, answer(first, started, "dasar bego kamu, Anggota 2")).state == "nudged"
    circle.say(second, answer(second, started, "Aku pergi"))
    meeting.remove(circle.place(circle.where), second.membership)
    circle.say(circle.where, RoundEnded(**stamp(circle.where)))
    assert heard(circle, first) == []


def test_as_a_theme_the_circle_learns_the_theme_alone_and_the_counsellor_the_words():
    circle = make_circle(3)
    lead_keys = circle.keys(circle.where).counsellors
    for at, who in enumerate(circle.members):
        note = BowlNote(**stamp(who), text=f"rahasia {at} dasar bego", theme="family" if at else "school")
        assert circle.say(who, note, replace(circle.keys(who), counsellors=lead_keys)).state == "kept"
    out = heard(circle, circle.members[0], Nameless)
    assert sorted((one.by, one.text, one.theme) for one in out) == [
        ("", "", "family"), ("", "", "family"), ("", "", "school"),
    ]  # fmt: skip
    notes = [one.text for one in events(circle.keys(circle.where).counsellors) if isinstance(one, BowlNote)]
    assert sorted(notes) == [f"rahasia {at} dasar bego" for at in range(3)]


def test_question_cards_are_many_in_both_languages_and_begin_differently():
    cards = question_cards()
    assert len(cards) >= 60
    assert {card.depth for card in cards} == set(DEPTHS)
    for language in ("id", "en"):
        begins = Counter(" ".join(card.text(language).lower().split()[:4]) for card in cards)
        assert [begin for begin, count in begins.items() if count > 1] == []


@pytest.mark.holds("OPENNESS-3")
@pytest.mark.parametrize(
    ("text", "session", "asks"),
    [
        ("ini belum pernah aku ceritain ke siapa pun", 1, True),
        ("I've never told anyone about my father", 2, True),
        ("ini belum pernah aku ceritain ke siapa pun", 3, False),
        ("ini belum pernah aku ceritain ke siapa pun", 0, False),
        ("aku capek sekolah dari pagi sampai sore", 1, False),
    ],
)
def test_something_very_deep_is_asked_about_once_and_only_early(text, session, asks):
    circle = make_circle(1)
    event = post(circle.members[0], text)
    assert bool(guide.guide(event, Setting((), session=session))) is asks
    assert guide.guide(replace(event, reply_to="a" * 32), Setting((), session=session)) is None
