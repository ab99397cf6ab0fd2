"""The wheel: one more event moves exactly one figure; who gave no answer is missing; nothing is shown below three."""

from dataclasses import replace

import pytest

from lingkar.circle import rules, wheel
from lingkar.circle.events import PulseGiven
from lingkar.principles.confidentiality.events import LimitsAffirmed, LimitsExplained
from lingkar.principles.contract import Sight
from lingkar.principles.feedback.events import CardAnswered, CardSent
from lingkar.principles.openness.events import Post, Whisper
from lingkar.principles.responsibility.events import UcaGiven
from lingkar.principles.trust.events import StageMoved
from lingkar.principles.universality.events import ThreadsPicked, ThreadsShown

MEMBERS = ("m1", "m2", "m3", "m4")


def make(kind, number, by="m1", **more):
    return kind(id=f"{kind.__name__}-{number}", by=by, at=float(number), **more)


BASE = (
    make(LimitsExplained, 1, "lead"),
    make(StageMoved, 2, "lead", stage="working", minutes=20),
    make(Post, 3, "m1", text="cerita"),
    make(Post, 4, "m2", text="cerita lain"),
    make(ThreadsShown, 5, "lead", threads=("family=3",)),
    make(ThreadsPicked, 6, "m4", themes=("money",)),
    make(CardSent, 7, "m1", to="m2", saw="a", effect="", wish="b", corrective=False),
    make(CardSent, 8, "m2", to="m1", saw="a", effect="", wish="b", corrective=False),
    make(CardAnswered, 9, "m2", target="CardSent-7", to="m1", helped=0),
    make(UcaGiven, 10, "m4", understanding="", comfort=0, action=""),
)
ONE_MORE = {
    "confidentiality": make(LimitsAffirmed, 20, "m1"),
    "trust": make(Post, 21, "m3", text="aku dengar", reply_to="Post-3"),
    "acceptance": make(Post, 22, "lead", text="terima kasih", reply_to="Post-3"),
    "openness": make(Post, 23, "m1", text="lagi", reply_to="Post-3"),
    "responsibility": make(UcaGiven, 24, "m1", understanding="", comfort=4, action="Bicara dengan ibu"),
    "universality": make(ThreadsPicked, 25, "m1", themes=("family",)),
    "feedback": make(CardAnswered, 26, "m1", target="CardSent-8", to="m2", helped=2),
}


def figures(*events):
    return rules.readings(Sight((*BASE, *events), MEMBERS))


@pytest.mark.holds(
    "CONFIDENTIALITY-6", "TRUST-4", "ACCEPTANCE-6", "OPENNESS-5", "RESPONSIBILITY-5", "UNIVERSALITY-2", "FEEDBACK-4"
)
@pytest.mark.parametrize("item", rules.PRINCIPLES)
def test_one_more_event_changes_its_figure_and_evidence_by_exactly_it(item):
    before, after = figures()[item], figures(ONE_MORE[item])[item]
    assert after.part == before.part + 1
    assert set(after.evidence) - set(before.evidence) == {ONE_MORE[item].id}


@pytest.mark.parametrize("item", rules.PRINCIPLES)
def test_with_nothing_to_go_by_there_is_no_figure_neither_nought_nor_full(item):
    reading = rules.readings(Sight((), MEMBERS))[item]
    assert (reading.whole, reading.share, reading.evidence) == (0, None, ())


def test_a_counsellors_own_words_lift_no_members_figure():
    lead = make(Post, 30, "lead", text="x", reply_to="Post-3")
    for item in ("trust", "openness"):
        assert figures(lead)[item] == figures()[item]


def pulse(number, answers):
    return make(PulseGiven, number, "", answers=answers)


def test_felt_is_hidden_below_three_and_counts_who_passed_as_missing():
    eight = (5,) * 8
    two = wheel.spokes(Sight((pulse(1, eight), pulse(2, eight)), MEMBERS))
    assert all(spoke.felt.share is None for spoke in two)
    four = (pulse(1, eight), pulse(2, eight), pulse(3, (0, *eight[1:])), pulse(4, eight))
    passed = wheel.spokes(Sight(four, MEMBERS))
    assert (passed[0].felt.answered, passed[0].felt.missing, passed[0].felt.share) == (3, 1, 1.0)
    assert passed[1].felt.missing == 0
    assert [spoke.item for spoke in passed] == [*rules.PRINCIPLES, "belonging"]


def test_one_suggestion_felt_before_observed_and_none_out_of_nothing():
    low = (5, 5, 5, 5, 1, 5, 5, 5)
    felt = wheel.spokes(Sight((*BASE, *(pulse(40 + n, low) for n in range(3))), MEMBERS))
    assert wheel.suggestion(felt) == wheel.Suggestion("responsibility", "felt")
    assert wheel.suggestion(wheel.spokes(Sight(BASE, MEMBERS))).reason == "observed"
    assert wheel.suggestion(wheel.spokes(Sight((), MEMBERS))) is None


def test_a_whisper_counts_as_openness_of_another_way():
    more = figures(make(Whisper, 50, "m1", text="hanya Ibu"))["openness"]
    assert (more.part, more.whole) == (figures()["openness"].part, figures()["openness"].whole + 1)
    assert replace(more, whole=0).share is None
