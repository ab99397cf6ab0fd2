"""Consent that is taken back, and leaving without a trace: what somebody gave is gone, for every key there is."""

import json

import pytest

from lingkar.circle import between, cards, journal, meeting, ruptures
from lingkar.circle.moment import stamp as made_by
from lingkar.groups import access, actions, invitations
from lingkar.groups.access import Place, update_book
from lingkar.groups.models import Invitation, Membership, SealedEvent
from lingkar.ledger import chain
from lingkar.principles.confidentiality.events import Withdrawn
from lingkar.principles.feedback.events import Readiness
from lingkar.principles.openness.events import Nameless, Post, RoundAnswered, RoundEnded, RoundStarted
from lingkar.principles.responsibility.events import AttendancePlanned, Departed, GoalSet
from lingkar.principles.trust.events import StageMoved
from tests.cast import RIGHT, Circle, fresh, make_circle, make_person, nameless, post, stamp, whisper
from tests.circle.test_keep import every_key, opens
from tests.circle.test_rounds import heard
from tests.http.test_routes import browser

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("organisation", "same_thread")]
NAME, WORD = "Rumina", "kelinciputih"
CARD = {"saw": f"Tadi {WORD}", "effect": "", "wish": "Aku menghargainya.", "corrective": False}


def let_in(circle: Circle) -> tuple[Place, invitations.Ticket]:
    """Somebody under 17 whose guardian agreed by the link that is given back."""
    where, child = circle.place(circle.where), make_person()
    door = invitations.open_fragment(invitations.invite(where, "under_17").fragment)
    membership = actions.apply(door, child.person, child.holder, NAME, RIGHT)
    update_book(child, lambda book: book.pin(door.counsellor.uid, door.counsellor.sign_public))
    link = invitations.invite(where, "adult", Invitation.Purpose.GUARDIAN, membership)
    actions.guardian_answers(invitations.open_fragment(link.fragment), agrees=True, name="Ibu")
    actions.confirm(where, Membership.objects.get(pk=membership.pk))
    place = access.place(fresh(child), where.group.uid)
    circle.admit(place)
    return place, link


def give_everything(circle: Circle, who: Place) -> None:
    """In every way there is, with one word that can be looked for."""
    lead, other = circle.where, circle.members[0]
    circle.say(lead, StageMoved(**stamp(lead), stage="working", minutes=20))
    for one in (who, other):
        circle.say(one, Readiness(**stamp(one), ready=True))
    circle.say(who, post(who, f"Halo {WORD}"))
    circle.say(who, whisper(who, f"Bu, {WORD}"))
    assert circle.say(who, post(who, f"aku mau mati malam ini {WORD}")).signal
    order = tuple(one.membership.uid for one in (who, *circle.members))
    started = RoundStarted(**stamp(lead), order=order, together=True)
    circle.say(lead, started)
    circle.say(who, RoundAnswered(**stamp(who), text=f"Jawabku {WORD}", round=started.id))
    circle.say(lead, RoundEnded(**stamp(lead)))
    for one, said in ((who, f"Diam-diam {WORD}"), (circle.members[0], "Satu"), (circle.members[1], "Dua")):
        circle.say(one, nameless(one, said))
    circle.say(lead, RoundEnded(**stamp(lead)))
    for giver, receiver in ((who, other), (other, who)):
        given = cards.give(circle.place(giver), circle.session, receiver.membership.uid, CARD, insists=True)
        assert given.state == "kept"
    ruptures.say(circle.place(who), f"Ada yang mengganjal: {WORD}")
    levels = tuple(f"{level} {WORD}" for level in range(5))
    between.give(circle.place(who), GoalSet(**made_by(who), text=WORD, levels=levels))
    coming = AttendancePlanned(**made_by(who), session=circle.session.uid, coming="no", reason=WORD)
    between.give(circle.place(who), coming)
    journal.write(circle.place(who), f"Catatan {WORD}", share=True)


def readable(*readers: Place) -> str:
    """All that these can open of the sealed rows, the safety desk apart."""
    keys = [key for who in readers for key in every_key(who)]
    found = [document for event in SealedEvent.objects.all() for document in opens(event, keys)]
    return json.dumps([one for one in found if not str(one.get("kind", "")).startswith("Case")])


def everybody(circle: Circle) -> list[Place]:
    return [circle.place(who) for who in (circle.where, *circle.members)]


@pytest.fixture
def circle():
    return make_circle(2)


@pytest.mark.parametrize("closed", [False, True])
def test_a_guardian_takes_the_consent_back_with_the_link_of_old_and_everything_goes(circle, closed):
    who, link = let_in(circle)
    give_everything(circle, who)
    words, alive = [event.text for event in heard(circle, circle.members[0], Nameless)], circle.place(who)
    assert f"Diam-diam {WORD}" in words
    if closed:
        meeting.close(circle.place(circle.where), circle.session)
        circle.session.refresh_from_db()
    assert NAME in readable(*everybody(circle))
    assert readable(*everybody(circle)).count(WORD) > 20

    guardian = browser()
    assert guardian.post("/ketuk/", {"fragment": link.fragment}).json()["next"] == "/wali/"
    assert "Tarik persetujuan" in guardian.get("/wali/").content.decode()
    answer = guardian.post("/wali/")
    assert answer.json()["next"] == "/wali/terima-kasih/withdrawn/"
    assert "sudah ditarik" in guardian.get(answer.json()["next"]).content.decode()
    assert browser(who.me).get(f"/lingkar/{circle.where.group.uid}/").status_code == 404
    assert not opened_by(alive)
    assert guardian.post("/ketuk/", {"fragment": link.fragment}).status_code == 422

    shown = browser(circle.where.me).get(f"/lingkar/{circle.where.group.uid}/").content.decode()
    assert "tulisan seseorang dihapus" in shown
    left = readable(*everybody(circle))
    assert WORD not in left
    assert NAME not in left
    assert who.membership.uid not in {line.membership for line in circle.place(circle.where).state.roster}
    assert sorted(event.text for event in heard(circle, circle.members[0], Nameless)) == ["Dua", "Satu"]
    tombstones = heard(circle, circle.members[0], Withdrawn)
    assert (len(tombstones) > 2) is not closed
    assert len(heard(circle, circle.members[0], Departed)) == (not closed)
    for reader in (circle.where, *circle.members):
        assert browser(reader.me).get(f"/ruang/{circle.session.uid}/").status_code == 200
        assert chain.verify(circle.where.group.uid, circle.place(reader).pins, None)


def opened_by(who: Place) -> str:
    found = [document for event in SealedEvent.objects.all() for document in opens(event, every_key(who))]
    return json.dumps(found) if found else ""


@pytest.mark.parametrize("told", ["counsellor", "second link"])
def test_the_counsellor_is_told_or_a_second_link_says_no(circle, told):
    who, _link = let_in(circle)
    circle.say(who, post(who, f"Halo {WORD}"))
    if told == "counsellor":
        act = f"/lingkar/{circle.where.group.uid}/anggota/{who.membership.uid}/withdraw/"
        assert browser(circle.members[0].me).post(act).status_code == 404
        assert browser(circle.where.me).post(act).status_code == 200
        assert browser(circle.where.me).post(act).status_code == 404
    else:
        where = circle.place(circle.where)
        other = invitations.invite(where, "adult", Invitation.Purpose.GUARDIAN, who.membership)
        guardian = browser()
        guardian.post("/ketuk/", {"fragment": other.fragment})
        assert guardian.post("/wali/", {"name": "Ayah", "answer": "withhold"}).status_code == 200
        browser(circle.where.me).get("/beranda/")
    assert WORD not in readable(*everybody(circle))
    found = Membership.objects.get(pk=who.membership.pk)
    assert (found.consent, found.is_active, found.erasing) == (Membership.Consent.WITHDRAWN, False, False)


def test_an_adult_has_no_guardian_who_could_take_anything_back(circle):
    act = f"/lingkar/{circle.where.group.uid}/anggota/{circle.members[0].membership.uid}/withdraw/"
    assert browser(circle.where.me).post(act).status_code == 404
    assert circle.place(circle.members[0]).membership.is_active


def test_leaving_may_take_ones_words_along_at_once_and_the_rest_at_the_counsellors_visit(circle):
    who, _link = let_in(circle)
    give_everything(circle, who)
    leave = f"/lingkar/{circle.where.group.uid}/keluar/"
    assert browser(who.me).post(leave, {"forget": "yes", "now": "yes"}).status_code == 200
    at_once = readable(circle.place(circle.members[0]))
    assert [event for event in heard(circle, circle.members[0], Post) if event.by == who.membership.uid] == []
    assert "Halo" not in at_once
    browser(circle.where.me).get("/beranda/")
    left = readable(*everybody(circle))
    assert WORD not in left
    assert NAME not in left


def test_leaving_as_ever_keeps_what_was_said(circle):
    """The control: nothing goes that nobody asked to go."""
    who, _link = let_in(circle)
    give_everything(circle, who)
    leave = f"/lingkar/{circle.where.group.uid}/keluar/"
    assert browser(who.me).post(leave, {"now": "yes"}).status_code == 200
    browser(circle.where.me).get("/beranda/")
    assert readable(*everybody(circle)).count(WORD) > 20
