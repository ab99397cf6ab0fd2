"""What carries over from one session to the next: cards with their qualities, and red threads that tell of nobody."""

import json
import uuid

import pytest

from lingkar.circle import cards, meeting
from lingkar.groups import actions
from lingkar.principles.feedback.events import Readiness
from lingkar.principles.trust.events import StageMoved
from lingkar.principles.universality.events import PickingStarted, ThreadsPicked, ThreadsShown
from tests.cast import Circle, make_circle, stamp
from tests.circle.test_rounds import heard
from tests.http.test_routes import browser

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("organisation", "same_thread")]
CARD = {
    "saw": "Tadi kamu menunggu Rumi selesai.",
    "effect": "",
    "wish": "Aku menghargai kamu yang sabar mendengar.",
    "corrective": False,
}


def next_session(circle: Circle, *absent: int) -> None:
    meeting.close(circle.place(circle.where), circle.session)
    circle.session = actions.schedule(circle.place(circle.where), None, 40)
    meeting.open_session(circle.place(circle.where), circle.session, 6)
    circle.session.refresh_from_db()
    circle.admit(*(who for at, who in enumerate(circle.members) if at not in absent))


def pick(circle: Circle, carriers: set[int], *absent: int) -> tuple[str, ...]:
    """One round, ended by the counsellor's page; what the circle is shown."""
    lead = circle.where
    circle.say(lead, PickingStarted(**stamp(lead), themes=("family",)))
    for at in carriers:
        who = circle.members[at]
        circle.say(who, ThreadsPicked(**stamp(who), themes=("family",)))
    frame = {"t": "mark", "mark": "picking-end", "id": uuid.uuid4().hex}
    said = browser(lead.me).post(f"/ruang/{circle.session.uid}/kata/", {"frame": json.dumps(frame)})
    assert said.json()["state"] == "kept"
    witness = next(who for at, who in enumerate(circle.members) if at not in absent)
    return heard(circle, witness, ThreadsShown)[-1].threads


@pytest.mark.holds("UNIVERSALITY-1")
def test_who_stays_away_next_week_is_not_told_by_the_count():
    circle = make_circle(8)
    assert pick(circle, {0, 1, 2, 3}) == ("family=4",)
    next_session(circle, 3)
    assert pick(circle, {0, 1, 2}, 3) == ("family=4",)
    next_session(circle)
    assert pick(circle, {0, 4, 5, 6, 7}) == ("family=5",)


def test_cards_over_time_tell_their_qualities_to_their_giver_and_the_counsellor():
    circle = make_circle(2)
    giver, receiver = circle.members
    circle.say(circle.where, StageMoved(**stamp(circle.where), stage="working", minutes=20))
    circle.say(receiver, Readiness(**stamp(receiver), ready=True))
    cards.give(circle.place(giver), circle.session, receiver.membership.uid, CARD, insists=True)
    path = f"/lingkar/{circle.where.group.uid}/tanggapan/"
    line = "Dari 1 kartu: 1 mendukung, 1 jelas, 0 bisa dicoba, 1 tidak menyerang."
    pages = [browser(who.me).get(path).content.decode() for who in (circle.where, giver, receiver)]
    assert [line in page for page in pages] == [True, True, False]
