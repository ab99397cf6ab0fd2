"""Every text check switched off: a whole session still works, with its buttons, its desk and its crisis card."""

import pytest

from lingkar import lexicon
from lingkar.circle import cards, desk, meeting, wheel
from lingkar.principles.confidentiality.events import LimitsAffirmed, LimitsExplained
from lingkar.principles.feedback.events import Readiness
from lingkar.principles.trust.events import StageMoved
from tests.cast import make_circle, nameless, post, stamp, whisper
from tests.http.test_routes import browser

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("organisation", "same_thread")]
HEAVY = "aku mau bunuh diri malam ini"
NOTHING = {
    "safety": {"level": 0, "violence": False, "abuse": False, "other_risk": 0, "score": 0.0, "offer": False,
               "reasons": []},
    "attack": {"attack": False, "score": 0.0, "reasons": []},
    "leak": {"leak": False, "reasons": []},
    "theme": {"themes": [], "reasons": []},
    "feedback": {"supportive": False, "specific": False, "actionable": False, "attacking": False, "reasons": [],
                 "hints": []},
}  # fmt: skip


@pytest.fixture(autouse=True)
def switched_off(monkeypatch):
    for name, nothing in NOTHING.items():
        monkeypatch.setattr(lexicon, name, lambda *_words, nothing=nothing: nothing)


def test_a_whole_session_without_any_check():
    circle = make_circle(3)
    lead, members = circle.where, circle.members
    circle.say(lead, LimitsExplained(**stamp(lead)))
    circle.say(lead, StageMoved(**stamp(lead), stage="working", minutes=22))
    for who in members:
        assert circle.say(who, LimitsAffirmed(**stamp(who))).state == "kept"
        assert circle.say(who, post(who, HEAVY)).state == "kept"
        assert circle.say(who, whisper(who, "dasar bodoh, 0812 3456 7890")).state == "kept"
        assert circle.say(who, nameless(who, HEAVY)).state == "kept"
    assert desk.cases(circle.place(lead)) == []
    circle.say(members[1], Readiness(**stamp(members[1]), ready=True))
    room, giver = f"/ruang/{circle.session.uid}", browser(members[0].me)
    parts = {"saw": "Tadi kamu menunggu.", "effect": "", "wish": "Aku menghargainya."}
    assert giver.post(f"{room}/kartu/baca/", parts).json()["qualities"]["gentle"]
    given = giver.post(f"{room}/kartu/beri/", {**parts, "to": members[1].membership.uid, "kind": "appreciative"})
    assert given.status_code == 200
    assert len(cards.cards(circle.place(lead), circle.session)) == 1
    closes_and_is_helped(circle, room)


def closes_and_is_helped(circle, room):
    lead, members = circle.where, circle.members
    circle.say(lead, StageMoved(**stamp(lead), stage="closing", minutes=7))
    for who in members:
        client = browser(who.me)
        client.post(f"{room}/penutup/", {"part": "pulse", **{f"pulse-{item}": "4" for item in wheel.ITEMS}})
        client.post(f"{room}/penutup/", {"part": "uca", "understanding": "", "comfort": "4", "action": "Tidur."})
        client.post(f"{room}/penutup/", {"part": "reflection", "act": "pass"})
        assert "Terima kasih" in client.get(f"{room}/penutup/").content.decode()
    help_path = f"/lingkar/{circle.where.group.uid}/bantu/"
    for source in ("talk", "now"):
        assert browser(members[0].me).post(help_path, {"source": source}).status_code == 200
    assert {case.raised.source for case in desk.cases(circle.place(lead))} == {"talk", "now"}
    for case in desk.cases(circle.place(lead)):
        path = f"/lingkar/{circle.where.group.uid}/kasus/{case.id}"
        step = {"expected": "raised", "state": "closed", "text": "", "level": "0"}
        assert browser(lead.me).post(f"{path}/langkah/", step).status_code == 200
    assert not any(case.is_open for case in desk.cases(circle.place(lead)))
    meeting.close(circle.place(lead), circle.session)
    assert "3 jawaban" in browser(lead.me).get(f"/pertemuan/{circle.session.uid}/roda/").content.decode()
    assert browser().get("/bantuan/").status_code == 200
