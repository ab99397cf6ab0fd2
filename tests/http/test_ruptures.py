"""Something weighs on a member: to the counsellor alone, answered once, and better or not by whoever raised it."""

import pytest

from lingkar.circle import desk, meeting, ruptures
from lingkar.principles.confidentiality.events import Withdrawn
from lingkar.vault.errors import RefusedError
from tests.cast import Circle, make_circle, stamp
from tests.http.test_routes import browser

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("organisation")]
LINE = "Tadi ceritaku dipotong, dan semua tertawa."
ANSWER = "Maaf, saya yang seharusnya menghentikan itu."


def address(circle: Circle, *more: str) -> str:
    return "/".join(["/lingkar", circle.where.group.uid, "mengganjal", *more, ""])


def page(circle: Circle, who) -> str:
    return browser(who.me).get(address(circle)).content.decode()


def wheel(circle: Circle) -> str:
    return browser(circle.where.me).get(f"/pertemuan/{circle.session.uid}/roda/").content.decode()


@pytest.mark.parametrize("closed", [False, True])
def test_it_goes_to_the_counsellor_alone_and_its_answer_comes_back_alone(closed):
    circle = make_circle(2)
    one, other = circle.members
    if closed:
        meeting.close(circle.place(circle.where), circle.session)
        circle.session.refresh_from_db()
    assert browser(one.me).post(address(circle), {"text": LINE}).status_code == 200
    assert LINE in page(circle, circle.where)
    assert LINE in page(circle, one)
    assert LINE not in page(circle, other)
    assert "mengganjal belum dijawab" in browser(circle.where.me).get("/beranda/").content.decode()
    target = ruptures.ruptures(circle.place(circle.where))[0].raised.id
    assert browser(one.me).post(address(circle, target, "answer"), {"text": ANSWER}).status_code == 404
    lead = browser(circle.where.me)
    assert lead.post(address(circle, target, "answer"), {"text": ANSWER}).status_code == 200
    assert lead.post(address(circle, target, "answer"), {"text": "lagi"}).status_code == 404
    assert ANSWER in page(circle, one)
    assert ANSWER not in page(circle, other)
    assert "mengganjal belum dijawab" not in browser(circle.where.me).get("/beranda/").content.decode()


@pytest.mark.holds("TRUST-5")
def test_one_settled_line_moves_the_figure_by_exactly_one():
    circle = make_circle(2)
    assert "TRUST-5" not in wheel(circle)
    for who in circle.members:
        browser(who.me).post(address(circle), {"text": LINE})
    assert "0 dari 2 sudah lebih baik" in wheel(circle)
    found = ruptures.ruptures(circle.place(circle.where))
    for one in found:
        browser(circle.where.me).post(address(circle, one.raised.id, "answer"), {"text": ANSWER})
    mine = next(one for one in found if one.raised.by == circle.members[0].membership.uid)
    assert (
        browser(circle.members[1].me).post(address(circle, mine.raised.id, "settle"), {"better": "2"}).status_code
        == 404
    )
    for _twice in range(2):
        browser(circle.members[0].me).post(address(circle, mine.raised.id, "settle"), {"better": "1"})
    assert "1 dari 2 sudah lebih baik" in wheel(circle)


@pytest.mark.parametrize("goes", ["leaves", "is removed"])
def test_what_somebody_raised_before_going_is_still_read_and_answered(goes):
    circle = make_circle(3)
    one, other = circle.members[:2]
    browser(one.me).post(address(circle), {"text": LINE})
    if goes == "leaves":
        meeting.leave(circle.place(one))
    else:
        meeting.remove(circle.place(circle.where), one.membership)
    lead = browser(circle.where.me)
    for path in ("/beranda/", address(circle), f"/pertemuan/{circle.session.uid}/roda/"):
        assert lead.get(path).status_code == 200
    assert LINE in page(circle, circle.where)
    target = ruptures.ruptures(circle.place(circle.where))[0].raised.id
    assert lead.post(address(circle, target, "answer"), {"text": ANSWER}).status_code == 200
    assert "mengganjal belum dijawab" not in lead.get("/beranda/").content.decode()
    assert browser(other.me).post(address(circle), {"text": LINE}).status_code == 200


def test_two_answers_at_once_are_one(monkeypatch):
    circle = make_circle(1)
    browser(circle.members[0].me).post(address(circle), {"text": LINE})
    where = circle.place(circle.where)
    target = ruptures.ruptures(where)[0].raised.id
    turn = meeting.turn_keys_if_due

    def somebody_else_is_quicker(*arguments) -> None:
        monkeypatch.setattr(meeting, "turn_keys_if_due", turn)
        ruptures.answer(where, target, ANSWER)

    monkeypatch.setattr(meeting, "turn_keys_if_due", somebody_else_is_quicker)
    with pytest.raises(RefusedError):
        ruptures.answer(where, target, "lagi")
    assert [one.answer.text for one in ruptures.ruptures(where)] == [ANSWER]


def test_an_answer_once_given_is_not_taken_back_by_whoever_gave_it():
    circle = make_circle(1)
    browser(circle.members[0].me).post(address(circle), {"text": LINE})
    target = ruptures.ruptures(circle.place(circle.where))[0].raised.id
    browser(circle.where.me).post(address(circle, target, "answer"), {"text": ANSWER})
    given = ruptures.ruptures(circle.place(circle.members[0]))[0].answer
    outcome = circle.say(circle.where, Withdrawn(**stamp(circle.where), target=given.id))
    assert outcome.state == "refused"
    assert ANSWER in page(circle, circle.members[0])


def test_judging_words_are_not_asked_about_here_and_heavy_ones_reach_the_desk():
    circle = make_circle(1)
    client = browser(circle.members[0].me)
    assert client.post(address(circle), {"text": "kalian semua bodoh dan jahat"}).status_code == 200
    assert "bantu" in client.post(address(circle), {"text": "aku mau bunuh diri"}).json()["next"]
    assert len(desk.cases(circle.place(circle.where))) == 1
    assert client.post(address(circle), {"text": " "}).status_code == 422
