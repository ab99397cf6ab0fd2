"""What the counsellor promises: asked for before the door opens, and told by the ledger; trust that falls is mended."""

import time
from datetime import UTC, datetime

import pytest

from lingkar.accounts.models import Role
from lingkar.circle import meeting, moment
from lingkar.circle.events import PulseGiven
from lingkar.groups import actions
from lingkar.groups.models import Group
from lingkar.principles.trust import gauge, guide
from lingkar.principles.trust.gauge import Begun
from tests.cast import make_circle, make_person, stamp
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
def test_a_session_is_on_time_by_what_happened():
    sessions = [
        Begun("a", 1000.0, 1000.0 + 599),
        Begun("b", 1000.0, 1000.0 + 601),
        Begun("c", 1000.0, None),
        Begun("d", 9_000.0, None),
        Begun("e", 9_000.0, 4_000.0),
    ]
    reading = gauge.kept_dates(sessions, now=5_000.0)
    assert (reading.part, reading.whole, reading.evidence) == (2, 4, ("a", "e"))
    assert gauge.kept_dates(sessions[3:4], now=5_000.0).share is None


def test_the_page_tells_everybody_by_the_ledger_whether_dates_were_kept():
    circle = make_circle(1)
    path = f"/lingkar/{circle.where.group.uid}/"
    assert "mulai tepat waktu" not in browser(circle.members[0].me).get(path).content.decode()
    starts = datetime.fromtimestamp(time.time() + 60, UTC)
    session = actions.schedule(circle.place(circle.where), starts, 40)
    meeting.close(circle.place(circle.where), circle.session)
    browser(circle.where.me).post(f"/ruang/{session.uid}/tindak/open/")
    assert "1 dari 1 pertemuan mulai tepat waktu" in browser(circle.members[0].me).get(path).content.decode()
    actions.schedule(circle.place(circle.where), starts, 40)
    with moment.played_at(time.time() + 3600):
        assert "1 dari 2 pertemuan mulai tepat waktu" in browser(circle.where.me).get(path).content.decode()
