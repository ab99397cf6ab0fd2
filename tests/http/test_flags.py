"""Nudges are counted without their words; wrong flags stay here, and leave only by an act that the ledger shows."""

import json

import pytest

from lingkar import lexicon
from lingkar.circle import desk, flags
from lingkar.circle.keys import events
from lingkar.principles.acceptance.events import NudgeAnswered
from lingkar.principles.confidentiality.events import Withdrawn
from lingkar.principles.trust.events import StageMoved
from lingkar.room import wire
from tests.cast import make_circle, post, stamp, whisper
from tests.http.test_routes import browser

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("organisation", "same_thread")]
JUDGING = "kamu emang bodoh dan lebay"
HEAVY = "aku mau bunuh diri"


def test_a_question_shows_phrase_reason_and_gentler_words_in_both_languages():
    circle = make_circle(1)
    who = circle.members[0]
    outcome = circle.say(who, post(who, JUDGING))
    for language in ("id", "en"):
        frame = wire.answered(outcome, language)
        start, end = frame["span"]
        assert JUDGING[start:end].strip()
        assert frame["text"] != frame["gentler"]
        assert frame["gentler"] == outcome.remark.gentler[language]


def test_what_became_of_it_is_counted_without_words_and_without_a_name():
    circle = make_circle(2)
    who = circle.members[0]
    circle.say(circle.where, StageMoved(**stamp(circle.where), stage="working", minutes=9))
    circle.say(who, post(who, JUDGING), insists=True)
    for answer in ("softened", "withdrawn", "withdrawn"):
        circle.say(who, NudgeAnswered(**stamp(who), rule="ACCEPTANCE-2", answer=answer))
    kept = [one for one in events(circle.keys(circle.where).counsellors) if isinstance(one, NudgeAnswered)]
    assert [one.by for one in kept] == ["", "", ""]
    page = browser(circle.where.me).get(f"/pertemuan/{circle.session.uid}/roda/").content.decode()
    assert "1 dikirim apa adanya, 1 dilunakkan, 2 tidak jadi" in page


def test_a_wrong_flag_is_kept_once_and_exported_only_by_asking():
    circle = make_circle(1)
    who, lead = circle.members[0], browser(circle.where.me)
    said = post(who, HEAVY)
    circle.say(who, said)
    case = desk.cases(circle.place(circle.where))[0]
    path, judged = f"/lingkar/{circle.where.group.uid}/tanda/", f"/pertemuan/{circle.session.uid}/tanda/"
    for target in (said.id, case.raised.id):
        assert lead.post(judged, {"target": target, "check": "safety"}).status_code == 200
    assert [flag.text for flag in flags.wrong(circle.place(circle.where))] == [HEAVY]
    assert HEAVY in lead.get(path).content.decode()
    rows = lead.post(path).content.decode().splitlines()
    assert [json.loads(row) for row in rows] == [
        {"text": HEAVY, "level": 0, "violence": 0, "abuse": 0, "other_risk": 0}
    ]
    member = browser(who.me)
    assert "diunduh" in member.get(f"/lingkar/{circle.where.group.uid}/buku/").content.decode()
    assert member.post(judged, {"target": said.id, "check": "safety"}).status_code == 404


def test_words_taken_back_are_in_no_export():
    circle = make_circle(1)
    who = circle.members[0]
    said = post(who, HEAVY)
    circle.say(who, said)
    flags.judge(circle.place(circle.where), circle.session, said.id, "safety")
    export = f"/lingkar/{circle.where.group.uid}/tanda/"
    assert HEAVY in browser(circle.where.me).post(export).content.decode()
    assert circle.say(who, Withdrawn(**stamp(who), target=said.id)).state == "kept"
    assert HEAVY not in browser(circle.where.me).post(export).content.decode()


@pytest.mark.parametrize("text", [HEAVY, JUDGING])
def test_no_check_ever_stops_a_word_to_the_counsellor(text):
    circle = make_circle(1)
    who = circle.members[0]
    assert lexicon.safety(text)["level"] or lexicon.attack(text)["attack"]
    assert circle.say(who, whisper(who, text)).state in ("kept", "held")
    assert any(getattr(one, "text", "") == text for one in events(circle.keys(circle.where).counsellors))
