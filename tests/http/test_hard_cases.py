"""Sessions that do not go as planned: forgotten, half closed, too small, silent, over; each act once, however often."""

import time
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from lingkar.circle import cards, farewell, meeting, past, sight, wheel
from lingkar.circle.events import GoodbyeSaid, OutcomeGiven, PulseGiven
from lingkar.groups import actions
from lingkar.home import tasks
from lingkar.ledger import moment
from lingkar.principles.confidentiality.events import LimitsAffirmed, LimitsExplained
from lingkar.principles.feedback.events import Readiness
from lingkar.principles.openness.events import Passed
from lingkar.principles.responsibility.events import CommitmentReviewed, HandRaised, UcaGiven
from lingkar.principles.trust.events import StageMoved
from tests.cast import Circle, make_circle, post, stamp
from tests.http.test_routes import browser

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("organisation", "same_thread")]
KIND = {"saw": "Tadi kamu menunggu.", "effect": "", "wish": "Aku menghargainya.", "corrective": False}
NASTY = {"saw": "dasar cengeng", "effect": "", "wish": "dasar cengeng", "corrective": False}
PULSE = {f"pulse-{item}": "4" for item in wheel.ITEMS}


def stage(circle: Circle, name: str) -> None:
    circle.say(circle.where, StageMoved(**stamp(circle.where), stage=name, minutes=7))


def close(circle: Circle) -> None:
    meeting.close(circle.place(circle.where), circle.session)
    circle.session.refresh_from_db()


def end(circle: Circle) -> None:
    close(circle)
    actions.end(circle.place(circle.where))


def closing(circle: Circle, at: int = 0):
    return browser(circle.members[at].me), f"/ruang/{circle.session.uid}/penutup/"


def pulses(circle: Circle) -> int:
    opened = sight.opened(circle.place(circle.where), circle.session)
    assert opened
    return len(opened.sight.of(PulseGiven))


@pytest.mark.parametrize("parts", [KIND, NASTY])
def test_the_same_card_twice_is_one_card(parts):
    circle = make_circle(2)
    stage(circle, "working")
    circle.say(circle.members[1], Readiness(**stamp(circle.members[1]), ready=True))
    giver, to = circle.place(circle.members[0]), circle.members[1].membership.uid
    first = cards.give(giver, circle.session, to, parts, insists=True)
    again = cards.give(circle.place(circle.members[0]), circle.session, to, parts, insists=True)
    assert (first.id, first.state) == (again.id, again.state)
    lead = circle.place(circle.where)
    assert len(cards.cards(lead, circle.session)) + len(cards.held(lead, circle.session)) == 1


def test_a_card_to_somebody_who_left_says_so_and_loses_nothing():
    circle = make_circle(2)
    stage(circle, "working")
    left = circle.members[1]
    circle.say(left, Readiness(**stamp(left), ready=True))
    meeting.leave(circle.place(left))
    meeting.turn_keys_if_due(circle.place(circle.where), circle.session)
    fields = {**KIND, "to": left.membership.uid, "kind": "appreciative"}
    answer = browser(circle.members[0].me).post(f"/ruang/{circle.session.uid}/kartu/beri/", fields)
    assert answer.status_code == 409
    assert "tidak lagi di lingkar" in answer.json()["errors"][""]


def test_a_pulse_after_the_group_ended_is_refused_with_a_reason():
    circle = make_circle(1)
    end(circle)
    client, path = closing(circle)
    answer = client.post(path, {"part": "pulse", **PULSE})
    assert (answer.status_code, pulses(circle)) == (409, 0)
    assert "sudah selesai" in answer.json()["errors"][""]
    page = client.get(path).content.decode()
    assert "Ucapan perpisahan masih bisa" in page


def test_a_session_that_nobody_closed_can_still_be_closed_by_everybody():
    circle = make_circle(1)
    client, path = closing(circle)
    assert client.post(path, {"part": "pulse", **PULSE}).status_code == 409
    with moment.played_at(time.time() + 41 * 60 + 3600):
        assert client.post(path, {"part": "pulse", **PULSE}).status_code == 200
    assert pulses(circle) == 1
    lead = browser(circle.where.me)
    assert "belum ditutup" not in lead.get("/beranda/").content.decode()
    later = timezone.now() + timedelta(hours=3)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tasks.timezone, "now", lambda: later)
        assert "Pertemuan 1 belum ditutup" in lead.get("/beranda/").content.decode()
    lead.post(f"/ruang/{circle.session.uid}/tindak/close/")
    assert "Laporan pertemuan 1 belum dibuat" in lead.get("/beranda/").content.decode()
    lead.post(f"/pertemuan/{circle.session.uid}/laporan/")
    assert "belum dibuat" not in lead.get("/beranda/").content.decode()


def test_a_closing_half_done_goes_on_where_it_was_after_the_session_too():
    circle = make_circle(1)
    stage(circle, "closing")
    client, path = closing(circle)
    assert client.post(path, {"part": "pulse", **PULSE}).status_code == 200
    close(circle)
    again = closing(circle)[0]
    assert "Yang kubawa pulang" in again.get(path).content.decode()
    for _twice in range(2):
        assert again.post(path, {"part": "pulse", **PULSE}).status_code == 200
        assert again.post(path, {"part": "uca", "action": "Tidur cepat", "comfort": "4"}).status_code == 200
        assert again.post(path, {"part": "reflection", "act": "pass"}).status_code == 200
    assert "Penutupmu sudah lengkap" in again.get(path).content.decode()
    opened = sight.opened(circle.place(circle.where), circle.session)
    assert opened
    assert (pulses(circle), len(opened.sight.of(UcaGiven))) == (1, 1)


def test_one_member_alone_has_a_whole_session_and_no_answer_is_shown_that_would_name_them():
    circle = make_circle(1)
    circle.say(circle.where, LimitsExplained(**stamp(circle.where)))
    circle.say(circle.members[0], LimitsAffirmed(**stamp(circle.members[0])))
    stage(circle, "working")
    circle.say(circle.members[0], post(circle.members[0], "Hanya aku di sini."))
    close(circle)
    client, path = closing(circle)
    client.post(path, {"part": "pulse", **PULSE})
    page = browser(circle.where.me).get(f"/pertemuan/{circle.session.uid}/roda/").content.decode()
    assert "1 dari 1" in page
    assert "kurang dari tiga jawaban" in page
    assert "1: 0, 2: 0" not in page


def test_twelve_who_are_silent_are_shown_as_present_and_nothing_as_nought():
    circle = make_circle(12)
    for member in circle.members[:4]:
        circle.say(member, Passed(**stamp(member)))
    circle.say(circle.members[5], HandRaised(**stamp(circle.members[5]), up=True))
    stage(circle, "working")
    lead = browser(circle.where.me)
    hints = lead.get(f"/ruang/{circle.session.uid}/petunjuk/").json()
    assert len(hints["unheard"]) == 12
    assert hints["unanswered"] == []
    close(circle)
    opened = sight.opened(circle.place(circle.where), circle.session)
    assert opened
    found = wheel.spokes(opened.sight)
    assert [spoke.observed.share for spoke in found if spoke.observed] == [None] * 7
    assert wheel.suggestion(found) is None
    page = lead.get(f"/pertemuan/{circle.session.uid}/roda/").content.decode()
    assert page.count("Belum ada bukti.") == 7
    assert lead.get(f"/pertemuan/{circle.session.uid}/laporan/").content.decode().count("A. ") == 12


def two_sessions() -> Circle:
    """One member with a plan from the first; the second is open."""
    circle = make_circle(2)
    member = circle.members[0]
    circle.say(member, UcaGiven(**stamp(member), understanding="", comfort=4, action="Bicara dengan ibu"))
    close(circle)
    lead = circle.place(circle.where)
    circle.session = actions.schedule(lead, datetime.now(UTC), 40)
    meeting.open_session(lead, circle.session, 6)
    circle.session.refresh_from_db()
    circle.admit(*circle.members)
    return circle


@pytest.mark.holds("RESPONSIBILITY-4")
def test_a_plan_comes_first_next_time_and_is_told_once():
    circle = two_sessions()
    planner, other = (browser(member.me) for member in circle.members)
    room, path = f"/ruang/{circle.session.uid}/", f"/ruang/{circle.session.uid}/rencana/"
    assert "data-plan" in planner.get(room).content.decode()
    assert "data-plan" not in other.get(room).content.decode()
    assert "Bicara dengan ibu" not in other.get(path).content.decode()
    lead = browser(circle.where.me)
    assert "belum ada kabar" in lead.get(room).content.decode()
    assert planner.post(path, {"result": "weird"}).status_code == 422
    for _twice in range(2):
        assert planner.post(path, {"result": "done", "happened": "Ibu senang."}).status_code == 200
    assert "data-plan" not in planner.get(room).content.decode()
    assert "Ibu senang." in lead.get(room).content.decode()
    said = [event for events in past.for_counsellors(circle.place(circle.where), past.held(circle.where))
            for event in events if isinstance(event, CommitmentReviewed)]  # fmt: skip
    assert len(said) == 1
    journey = lead.get(f"/lingkar/{circle.where.group.uid}/perjalanan/").content.decode()
    assert "1 rencana dibuat, 1 diberi kabar, 1 sudah dicoba" in journey
    assert "sudah kucoba" in planner.get(f"/lingkar/{circle.where.group.uid}/perjalanan/").content.decode()


def test_passing_a_plan_is_as_good_as_telling():
    circle = two_sessions()
    member = browser(circle.members[0].me)
    assert member.post(f"/ruang/{circle.session.uid}/rencana/", {"act": "pass"}).status_code == 200
    assert past.due(circle.place(circle.members[0]), circle.session) is None


def test_goodbyes_wait_for_the_end_are_said_once_and_shown_from_three_on():
    circle = make_circle(4, admitted=3)
    path = f"/lingkar/{circle.where.group.uid}/perjalanan/"
    fields = {"change": "4", "helped": "Didengar.", "goodbye": "Sampai jumpa."}
    assert browser(circle.members[0].me).post(path, fields).status_code == 409
    end(circle)
    for member in circle.members[:3]:
        for _twice in range(2):
            assert browser(member.me).post(path, fields).status_code == 200
        seen = farewell.read(circle.place(circle.where))
        page = browser(circle.where.me).get(path).content.decode()
        assert ("4: 3" in page) == (len(seen.outcomes) == 3)
    assert len(seen.goodbyes) == 3
    absent = browser(circle.members[3].me)
    assert absent.post(path, fields).status_code == 409
    assert "Sampai jumpa." not in absent.get(path).content.decode()
    assert "Didengar." not in browser(circle.members[0].me).get(path).content.decode()
    assert "Sampai jumpa." in browser(circle.members[0].me).get(path).content.decode()


@pytest.mark.parametrize("kind", [GoodbyeSaid, OutcomeGiven])
def test_nothing_of_the_goodbye_is_kept_while_the_group_goes_on(kind):
    circle = make_circle(1)
    member = circle.members[0]
    more = {"text": "dadah"} if kind is GoodbyeSaid else {"change": 3}
    assert circle.say(member, kind(**stamp(member), **more)).rule == "NOT-OPEN"
    close(circle)
    assert circle.say(member, kind(**stamp(member), **more)).rule == "NOT-OPEN"
