"""What is given between meetings: whether one comes, own goals; and the way out of a circle."""

import pytest

from lingkar.circle import between, desk, meeting
from lingkar.circle.keys import events, open_between
from lingkar.groups import actions
from lingkar.groups.models import Membership, SealedEvent
from lingkar.principles.contract import Sight
from lingkar.principles.responsibility import gauge, guide
from lingkar.principles.responsibility.events import GoalSet
from tests.cast import make_circle, post, stamp
from tests.http.test_routes import browser

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("organisation", "same_thread")]


@pytest.fixture
def circle():
    return make_circle(3)


def planned(circle):
    return actions.schedule(circle.place(circle.where), None, 40)


def test_who_comes_reaches_the_counsellor_and_no_other_member(circle):
    session = planned(circle)
    who = circle.members[0]
    path = f"/pertemuan/{session.uid}/hadir/"
    assert browser(who.me).post(path, {"coming": "no", "reason": "Ada ulangan susulan"}).status_code == 200
    assert browser(who.me).post(path, {"coming": "maybe", "reason": "Mungkin sempat"}).status_code == 200
    page = browser(circle.where.me).get(f"/lingkar/{circle.where.group.uid}/").content.decode()
    assert "Mungkin sempat" in page
    assert "belum tahu 1" in page
    assert "Ada ulangan" not in page
    own = browser(who.me).get(f"/lingkar/{circle.where.group.uid}/").content.decode()
    assert "Mungkin sempat" in own
    other = browser(circle.members[1].me).get(f"/lingkar/{circle.where.group.uid}/").content.decode()
    assert "Mungkin sempat" not in other
    assert between.given(circle.place(circle.members[1])) == []


def test_bad_answers_and_started_sessions_are_refused_with_a_reason(circle):
    session = planned(circle)
    client = browser(circle.members[0].me)
    assert client.post(f"/pertemuan/{session.uid}/hadir/", {"coming": "perhaps"}).status_code == 404
    assert browser(circle.where.me).post(f"/pertemuan/{session.uid}/hadir/", {"coming": "yes"}).status_code == 404
    answer = client.post(f"/pertemuan/{circle.session.uid}/hadir/", {"coming": "yes"})
    assert answer.status_code == 409
    assert "sudah dimulai" in answer.json()["errors"][""]


def test_a_reason_with_a_sign_of_risk_opens_a_case(circle):
    session = planned(circle)
    reason = "aku mau mati aja, ga mau ketemu siapa-siapa"
    who = circle.members[0]
    answer = browser(who.me).post(f"/pertemuan/{session.uid}/hadir/", {"coming": "no", "reason": reason})
    assert answer.json()["next"].endswith("/bantu/")
    assert [case.raised.member for case in desk.cases(circle.place(circle.where))] == [who.membership.uid]


@pytest.mark.holds("RESPONSIBILITY-6")
def test_a_goal_in_own_words_is_rated_and_moves(circle):
    who = circle.members[0]
    client, path = browser(who.me), f"/lingkar/{circle.where.group.uid}/tujuan/"
    empty = client.post(path, {"text": "  "})
    assert empty.json()["errors"] == {"text": "Belum ada tulisan."}
    fields = {"text": "Berani bertanya di kelas", "level--2": "Diam terus", "level-0": "Sekali seminggu"}
    assert client.post(path, fields).status_code == 200
    (goal,) = [event for event in between.given(circle.place(who)) if isinstance(event, GoalSet)]
    assert goal.levels == ("Diam terus", "", "Sekali seminggu", "", "")
    for level, moved in (("-1", 0), ("1", 1), ("-2", 0), ("0", 1)):
        assert client.post(f"{path}{goal.id}/rate/", {"level": level}).status_code == 200
        lead = circle.place(circle.where)
        reading = gauge.moved(Sight(tuple(between.given(lead)), ()))
        assert (reading.part, reading.whole) == (moved, 0 if level == "-1" else 1)
    assert client.post(f"{path}{goal.id}/rate/", {"level": "3"}).json()["errors"] == {"level": "Pilih satu."}
    assert browser(circle.members[1].me).post(f"{path}{goal.id}/rate/", {"level": "2"}).status_code == 404
    page = browser(circle.where.me).get(path).content.decode()
    assert "Berani bertanya di kelas" in page
    assert "Berani bertanya di kelas" not in browser(circle.members[1].me).get(path).content.decode()
    assert client.post(f"{path}{goal.id}/erase/").status_code == 200
    assert "Berani bertanya di kelas" not in browser(circle.where.me).get(path).content.decode()


def test_nothing_is_given_between_by_whoever_left_or_after_the_end(circle):
    who = circle.members[0]
    keys = open_between(circle.place(who))
    event = GoalSet(**stamp(who), text="Terlambat", levels=("", "", "", "", ""))
    meeting.leave(circle.place(who))
    assert circle.say(who, event, keys).rule == "NO-RIGHT"
    other = circle.members[1]
    meeting.close(circle.place(circle.where), circle.session)
    actions.end(circle.place(circle.where))
    place = circle.place(other)
    assert between.give(place, GoalSet(**stamp(other), text="Sesudah", levels=("",) * 5)).rule == "GROUP-ENDED"


def test_room_words_do_not_get_in_between_meetings(circle):
    who = circle.members[0]
    assert circle.say(who, post(who, "Halo"), open_between(circle.place(who))).rule == "NO-RIGHT"
    assert "Halo" not in [event.words for event in events(circle.keys(who).room)]


def test_shredding_takes_what_was_given_between_too(circle):
    who = circle.members[0]
    between.give(circle.place(who), GoalSet(**stamp(who), text="Hilang nanti", levels=("",) * 5))
    before = SealedEvent.objects.count()
    assert before
    actions.shred_group(circle.where.group)
    assert SealedEvent.objects.count() == 0


@pytest.mark.holds("RESPONSIBILITY-2")
@pytest.mark.parametrize(
    ("attended", "missing"),
    [
        ([{"a", "b"}], []),
        ([{"a", "b"}, {"a"}], ["c"]),
        ([{"a"}, {"a"}], ["b", "c"]),
        ([{"a", "b", "c"}, {"b"}, {"a", "c"}], []),
        ([set(), set()], ["a", "b", "c"]),
    ],
)
def test_who_missed_two_sessions_in_a_row_is_a_reminder(attended, missing):
    found = guide.absent_twice([frozenset(one) for one in attended], ["a", "b", "c"])
    assert [one.member for one in found] == missing


@pytest.mark.holds("RESPONSIBILITY-1")
def test_leaving_goes_by_the_closing_and_nobody_is_kept(circle):
    who = circle.members[0]
    client, path = browser(who.me), f"/lingkar/{circle.where.group.uid}/keluar/"
    meeting.close(circle.place(circle.where), circle.session)
    page = client.get(f"/lingkar/{circle.where.group.uid}/").content.decode()
    assert "Isi penutup dulu" in page
    answer = client.post(path)
    assert answer.status_code == 409
    assert "Keluar sekarang" in answer.json()["errors"][""]
    assert Membership.objects.get(pk=who.membership.uid).is_active
    assert client.post(path, {"now": "yes"}).status_code == 200
    assert not Membership.objects.get(pk=who.membership.uid).is_active
    other = browser(circle.members[1].me)
    for part in ("pulse", "uca", "reflection"):
        other.post(f"/ruang/{circle.session.uid}/penutup/", {"part": part, "act": "pass"})
    assert other.post(path).status_code == 200
