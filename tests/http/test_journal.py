"""The journal: sealed to its author, shared by choice, taken back and erased by its author alone."""

import hashlib

import pytest

from lingkar.circle import desk, journal, meeting, wheel
from lingkar.circle.events import PulseGiven
from lingkar.circle.keys import events
from lingkar.groups import actions
from lingkar.groups.models import SealedEvent
from lingkar.principles.confidentiality.events import Withdrawn, WithdrawnInPrivate
from tests.cast import Circle, make_circle, stamp
from tests.http.test_routes import browser

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("organisation")]
NOTE = "Malam ini aku ingat ayah lagi."


def address(circle: Circle, *more: str) -> str:
    return "/".join(["/lingkar", circle.where.group.uid, "catatan", *more, ""])


def page(circle: Circle, who) -> str:
    return browser(who.me).get(address(circle)).content.decode()


def write(circle: Circle, at: int = 0, **more: str):
    return browser(circle.members[at].me).post(address(circle), {"text": NOTE, **more})


def act(circle: Circle, kind: str, at: int = 0):
    note = journal.notes(circle.place(circle.members[0]))[0].note.id
    return browser(circle.members[at].me).post(address(circle, note, kind))


@pytest.mark.parametrize("closed", [False, True])
def test_a_note_is_its_authors_until_shared_and_again_once_taken_back(closed):
    circle = make_circle(2)
    if closed:
        meeting.close(circle.place(circle.where), circle.session)
        circle.session.refresh_from_db()
    assert write(circle).status_code == 200
    assert NOTE in page(circle, circle.members[0])
    assert all(NOTE not in page(circle, who) for who in (circle.where, circle.members[1]))
    for _twice in range(2):
        assert act(circle, "share").status_code == 200
    assert page(circle, circle.where).count(NOTE) == 1
    assert NOTE not in page(circle, circle.members[1])
    assert act(circle, "unshare").status_code == 200
    assert NOTE not in page(circle, circle.where)
    assert NOTE in page(circle, circle.members[0])
    assert act(circle, "share").status_code == 200
    assert page(circle, circle.where).count(NOTE) == 1


def test_erasing_takes_the_copy_too_and_tells_the_counsellors_nothing_of_what_they_never_had():
    circle = make_circle(1)
    write(circle)
    before = SealedEvent.objects.filter(blob=b"").count()
    assert act(circle, "erase").status_code == 200
    assert NOTE not in page(circle, circle.members[0])
    assert SealedEvent.objects.filter(blob=b"").count() == before + 1
    told = [one for one in events(circle.keys(circle.where).counsellors) if isinstance(one, WithdrawnInPrivate)]
    assert told == []
    write(circle, share="yes")
    act(circle, "erase")
    assert NOTE not in page(circle, circle.where)


def test_nobody_acts_on_anothers_note():
    circle = make_circle(2)
    write(circle)
    for kind in ("share", "unshare", "erase"):
        assert act(circle, kind, at=1).status_code == 404
    assert NOTE in page(circle, circle.members[0])


def test_heavy_words_wake_nobody_until_they_are_shared():
    circle = make_circle(1)
    browser(circle.members[0].me).post(address(circle), {"text": "aku mau bunuh diri"})
    assert desk.cases(circle.place(circle.where)) == []
    assert "bantu" in act(circle, "share").json()["next"]
    assert len(desk.cases(circle.place(circle.where))) == 1


def test_an_empty_note_and_one_before_the_first_session_get_a_sentence():
    circle = make_circle(2, admitted=1)
    assert browser(circle.members[0].me).post(address(circle), {"text": " "}).status_code == 422
    assert write(circle, at=1).status_code == 409


@pytest.mark.usefixtures("same_thread")
def test_what_is_shared_at_the_closing_reaches_the_counsellor_and_may_be_taken_back():
    circle = make_circle(1)
    meeting.close(circle.place(circle.where), circle.session)
    circle.session.refresh_from_db()
    fields = {"part": "reflection", "text": NOTE, "share": "yes"}
    browser(circle.members[0].me).post(f"/ruang/{circle.session.uid}/penutup/", fields)
    assert page(circle, circle.where).count(NOTE) == 1
    act(circle, "unshare")
    assert NOTE not in page(circle, circle.where)


@pytest.mark.usefixtures("same_thread")
def test_the_closing_sent_again_makes_no_second_note_and_brings_none_back():
    circle = make_circle(1)
    meeting.close(circle.place(circle.where), circle.session)
    circle.session.refresh_from_db()
    client, path = browser(circle.members[0].me), f"/ruang/{circle.session.uid}/penutup/"
    client.post(path, {"part": "reflection", "text": NOTE})
    act(circle, "erase")
    client.post(path, {"part": "reflection", "text": NOTE, "share": "yes"})
    assert all(NOTE not in page(circle, who) for who in (circle.where, circle.members[0]))


@pytest.mark.usefixtures("same_thread")
def test_a_note_is_taken_back_in_a_closed_session_after_somebody_left():
    circle = make_circle(2)
    meeting.close(circle.place(circle.where), circle.session)
    circle.session.refresh_from_db()
    write(circle, share="yes")
    meeting.leave(circle.place(circle.members[1]))
    browser(circle.where.me).get("/beranda/")
    assert act(circle, "unshare").status_code == 200
    assert NOTE not in page(circle, circle.where)


def test_a_note_is_not_withdrawn_through_another_session():
    circle = make_circle(1)
    write(circle)
    note = journal.notes(circle.place(circle.members[0]))[0].note.id
    meeting.close(circle.place(circle.where), circle.session)
    later = actions.schedule(circle.place(circle.where), None, 40)
    meeting.open_session(circle.place(circle.where), later, 6)
    later.refresh_from_db()
    circle.session = later
    circle.admit(circle.members[0])
    assert circle.say(circle.members[0], Withdrawn(**stamp(circle.members[0]), target=note)).state == "refused"
    told = [one for one in events(circle.keys(circle.where).counsellors) if isinstance(one, WithdrawnInPrivate)]
    assert told == []


@pytest.mark.usefixtures("same_thread")
def test_nothing_readable_ties_a_closing_word_without_a_name_to_its_author():
    circle = make_circle(3)
    meeting.close(circle.place(circle.where), circle.session)
    circle.session.refresh_from_db()
    path = f"/ruang/{circle.session.uid}/penutup/"
    fields = {"part": "pulse", **{f"pulse-{item}": "4" for item in wheel.ITEMS}}
    for who in circle.members:
        assert browser(who.me).post(path, fields).status_code == 200
    pulses = [one for one in events(circle.keys(circle.where).counsellors) if isinstance(one, PulseGiven)]
    known = {
        hashlib.sha256(f"{who.membership.uid}/{circle.session.uid}/pulse".encode()).hexdigest()[:32]
        for who in circle.members
    }
    assert len(pulses) == 3
    assert {one.by for one in pulses} == {""}
    assert not known & {one.id for one in pulses}
    assert len({one.at for one in pulses}) == 1
