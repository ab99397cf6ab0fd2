"""What the counsellor promises: asked for before the door opens, and told by the ledger; trust that falls is mended."""

import time
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from lingkar.accounts.models import Role
from lingkar.circle import meeting, promises
from lingkar.circle.events import PulseGiven
from lingkar.groups import actions
from lingkar.groups.models import Group
from lingkar.ledger import moment
from lingkar.principles.trust import gauge, guide
from lingkar.principles.trust.gauge import Held, Promised
from tests.cast import Circle, make_circle, make_person, stamp
from tests.http.test_routes import browser

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("organisation", "same_thread")]
WIZARD = {
    "name": "Lingkar Senin", "purpose": "", "leader": "Bu Laras", "backup": "Pak Damar", "size": "8", "meetings": "4",
    "minutes": "40", "retention": "30", "norms": ["@stays"],
}  # fmt: skip


@pytest.mark.holds("TRUST-1")
def test_no_circle_opens_its_door_without_a_promise_of_its_counsellor():
    client = browser(make_person(Role.COUNSELLOR))
    answer = client.post("/lingkar/baru/", WIZARD)
    assert answer.status_code == 422
    assert "Anda berjanji lebih dulu" in answer.json()["errors"]["promises"]
    assert Group.objects.count() == 0
    assert client.post("/lingkar/baru/", {**WIZARD, "promises": ["@time"]}).status_code == 200
    assert Group.objects.count() == 1


@pytest.mark.holds("TRUST-3")
@pytest.mark.parametrize(
    ("felt", "falls"),
    [
        ([], False),
        ([0.8], False),
        ([0.8, 0.6], True),
        ([0.8, 0.7], False),
        ([0.6, 0.8], False),
        ([0.8, None], False),
        ([0.8, None, 0.6], True),
        ([None, 0.6], False),
    ],
)
def test_only_a_fall_that_may_be_shown_asks_for_repair(felt, falls):
    assert guide.has_fallen(felt) is falls


@pytest.mark.holds("TRUST-3")
def test_the_wheel_asks_the_counsellor_to_repair_and_names_nobody():
    circle = make_circle(3)
    lead = circle.place(circle.where)

    def pulse(value: int) -> None:
        for who in circle.members:
            circle.say(who, PulseGiven(**stamp(who), answers=(4, value, 4, 4, 4, 4, 4, 4)))

    pulse(5)
    meeting.close(lead, circle.session)
    session = actions.schedule(circle.place(circle.where), None, 40)
    meeting.open_session(circle.place(circle.where), session, 6)
    session.refresh_from_db()
    circle.session = session
    circle.admit(*circle.members)
    pulse(2)
    shown = browser(circle.where.me).get(f"/pertemuan/{session.uid}/roda/").content.decode()
    assert "Rasa percaya turun" in shown


@pytest.mark.holds("TRUST-6")
def test_a_session_keeps_its_time_by_what_happened():
    sessions = [
        Held("early", 1_000.0, 3_400.0, 400.0, 3_000.0),
        Held("in slack", 1_000.0, 3_400.0, 1_599.0, 3_999.0),
        Held("late", 1_000.0, 3_400.0, 1_601.0, 3_400.0),
        Held("too long", 1_000.0, 3_400.0, 1_000.0, 4_001.0),
        Held("never", 1_000.0, 3_400.0),
        Held("not yet", 9_000.0, 11_400.0),
        Held("going on", 4_900.0, 7_300.0, 4_900.0),
        Held("forgotten", 1_000.0, 3_400.0, 1_000.0),
    ]
    reading = gauge.kept_dates(sessions, now=5_000.0)
    assert (reading.part, reading.whole, reading.evidence) == (3, 7, ("early", "in slack", "going on"))
    assert gauge.kept_dates(sessions[5:6], now=5_000.0).share is None


@pytest.mark.holds("TRUST-7")
def test_a_promise_is_kept_when_a_member_saw_it_done_in_time():
    made = [Promised("kept", 10.0, 9.0), Promised("late", 10.0, 11.0), Promised("unseen", 10.0), Promised("open", 30.0)]
    reading = gauge.kept_promises(made, now=20.0)
    assert (reading.part, reading.whole, reading.evidence) == (1, 3, ("kept",))
    assert gauge.kept_promises(made[3:], now=20.0).share is None


def promise(circle: Circle, text: str, days: int, **more: str):
    due = (timezone.localdate() + timedelta(days=days)).isoformat()
    return browser(circle.where.me).post(path(circle), {"text": text, "due": due, **more})


def path(circle: Circle) -> str:
    return f"/lingkar/{circle.where.group.uid}/janji/"


def page(circle: Circle, who) -> str:
    return browser(who.me).get(path(circle)).content.decode()


@pytest.mark.holds("TRUST-7")
def test_everybody_reads_what_was_promised_and_only_a_member_says_it_was_kept():
    circle = make_circle(2, admitted=1)
    lead, absent = circle.where, circle.members[1]
    for _twice in range(2):
        assert promise(circle, "Saya bawakan nama layanan yang bisa kalian hubungi", 1).status_code == 200
    assert page(circle, absent).count("Saya bawakan") == 1
    assert "masih ada waktu" in page(circle, lead)
    assert "1 janji Anda jatuh tempo" in browser(lead.me).get("/beranda/").content.decode()
    made = promises.promises(circle.place(lead))[0]
    seen = f"{path(circle)}{made.id}/"
    assert browser(lead.me).post(seen).status_code == 404
    assert browser(absent.me).post(f"{path(circle)}{'0' * 32}/").status_code == 404
    assert browser(make_person()).post(seen).status_code == 404
    for _twice in range(2):
        assert browser(absent.me).post(seen).status_code == 200
    assert len(promises.promises(circle.place(lead))[0].seen) == 1
    assert "dilihat Anggota 1" in page(circle, circle.members[0])
    assert "1 dari 1 ditepati pada waktunya" in page(circle, lead)
    assert "jatuh tempo" not in browser(lead.me).get("/beranda/").content.decode()
    book = browser(circle.members[0].me).get(f"/lingkar/{lead.group.uid}/buku/").content.decode()
    assert "Janji: Saya bawakan" in book
    assert "Rantainya utuh" in book


def test_a_promise_whose_day_is_over_is_late_whoever_says_otherwise():
    circle = make_circle(1)
    assert promise(circle, "Saya kirim jadwal baru", 0).status_code == 200
    with moment.played_at(time.time() + 2 * 86400):
        assert "belum ada yang melihatnya" in page(circle, circle.members[0])
        made = promises.promises(circle.place(circle.where))[0]
        assert browser(circle.members[0].me).post(f"{path(circle)}{made.id}/").status_code == 200
        shown = page(circle, circle.where)
    assert "terlambat, pada" in shown
    assert "0 dari 1 ditepati" in shown


def test_a_promise_needs_words_and_a_day_and_is_asked_like_any_word():
    circle = make_circle(1)
    assert "text" in promise(circle, "", 1).json()["errors"]
    assert "due" in promise(circle, "Saya datang", -1).json()["errors"]
    assert "due" in promise(circle, "Saya datang", 400).json()["errors"]
    number = "Saya telepon ibunya di 0812 3456 7890"
    asked = promise(circle, number, 1)
    assert (asked.status_code, asked.json()["nudge"]) == (422, "CONFIDENTIALITY-4")
    assert "0812 3456 7890" in asked.json()["errors"][""]
    assert promise(circle, number, 1, insists="yes").status_code == 200
    due = timezone.localdate().isoformat()
    assert browser(circle.members[0].me).post(path(circle), {"text": "Aku", "due": due}).status_code == 404


def test_the_page_tells_everybody_by_the_ledger_whether_sessions_kept_their_time():
    circle = make_circle(1)
    assert "Belum ada pertemuan yang waktunya tiba" in page(circle, circle.members[0])
    starts = datetime.fromtimestamp(time.time() + 60, UTC)
    session = actions.schedule(circle.place(circle.where), starts, 40)
    meeting.close(circle.place(circle.where), circle.session)
    browser(circle.where.me).post(f"/ruang/{session.uid}/tindak/open/")
    assert "1 dari 1 pertemuan mulai dan selesai tepat waktu" in page(circle, circle.members[0])
    actions.schedule(circle.place(circle.where), starts, 40)
    with moment.played_at(time.time() + 3600):
        assert "0 dari 2 pertemuan mulai dan selesai tepat waktu" in page(circle, circle.where)
