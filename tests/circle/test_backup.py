"""The named backup: nothing before a signal climbed, an entry in the open ledger with each opening, never a session."""

import pytest

from lingkar.accounts import sessions
from lingkar.accounts.middleware import Me
from lingkar.accounts.models import Organisation, Role
from lingkar.circle import climb, desk, meeting
from lingkar.circle.events import SignalSeen
from lingkar.circle.keys import open_room
from lingkar.groups import access, actions, invitations
from lingkar.groups.access import Place, update_book
from lingkar.groups.invitations import NoInvitationError
from lingkar.groups.models import Invitation, Membership, SealedEvent
from lingkar.ledger import chain, moment
from lingkar.vault.errors import RefusedError
from tests.cast import Circle, fresh, make_circle, make_person, post, stamp
from tests.circle.test_desk import HEAVY
from tests.circle.test_keep import every_key, opens
from tests.http.test_routes import browser

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def organisation():
    Organisation.objects.create(name="SMA Melati", installed="2026-01-01")
    yield
    sessions.STORE.clear()


def agree(circle: Circle, person: Me | None = None, purpose=Invitation.Purpose.BACKUP) -> tuple[Membership, Me]:
    who = person or make_person(Role.COUNSELLOR)
    door = invitations.open_fragment(invitations.invite(circle.place(circle.where), "adult", purpose).fragment)
    membership = actions.apply(door, who.person, who.holder, "Pak Damar", {})
    update_book(who, lambda book: book.pin(door.counsellor.uid, door.counsellor.sign_public))
    return membership, who


def with_backup(members: int = 1) -> tuple[Circle, Place]:
    circle = make_circle(members)
    membership, who = agree(circle)
    actions.confirm(circle.place(circle.where), membership)
    return circle, access.backed(fresh(who))[0]


def wait(monkeypatch, seconds: float) -> None:
    at = moment.now() + seconds
    monkeypatch.setattr(desk, "now", lambda: at)


def test_a_backup_sees_a_case_only_after_a_quarter_of_an_hour_and_the_ledger_says_so(monkeypatch):
    circle, backup = with_backup()
    desk.raise_case(circle.place(circle.members[0]), "now", "tolong")
    case = desk.cases(circle.place(circle.where))[0]
    address = f"/lingkar/{backup.group.uid}/kasus/{case.id}/"
    assert desk.climbed(backup) == []
    with pytest.raises(RefusedError):
        desk.open_as_backup(backup, case.id)
    assert browser(backup.me).get(address).status_code == 404
    wait(monkeypatch, climb.SECONDS + 1)
    assert [one.id for one in desk.climbed(backup)] == [case.id]
    assert "Anggota 0" not in browser(backup.me).get("/meja/").content.decode()
    assert browser(backup.me).get(address).status_code == 404
    assert browser(backup.me).post(f"{address}buka/").status_code == 200
    assert b"tolong" in browser(backup.me).get(address).content
    member = circle.place(circle.members[0])
    acts = [act.document["act"] for act in chain.read(member.group.uid, member.opened) if act.document]
    assert acts.count("case-opened") == 1
    desk.step(backup, case.id, "raised", "contacted", "Saya telepon.", 0)
    assert desk.cases(circle.place(circle.where))[0].state == "contacted"
    with pytest.raises(desk.MovedOnError) as moved:
        desk.step(circle.place(circle.where), case.id, "raised", "acknowledged", "", 0)
    assert moved.value.by == backup.membership.uid


def test_a_case_answered_in_time_never_climbs(monkeypatch):
    circle, backup = with_backup()
    desk.raise_case(circle.place(circle.members[0]), "now")
    case = desk.cases(circle.place(circle.where))[0]
    desk.step(circle.place(circle.where), case.id, "raised", "acknowledged", "", 0)
    wait(monkeypatch, climb.SECONDS * 9)
    assert desk.climbed(backup) == []


def test_seeing_the_signal_in_the_room_answers_its_case(monkeypatch):
    circle, backup = with_backup()
    said = post(circle.members[0], HEAVY)
    circle.say(circle.members[0], said)
    lead = circle.where
    circle.say(lead, SignalSeen(**stamp(lead), target=said.id))
    circle.say(lead, SignalSeen(**stamp(lead), target=said.id))
    case = desk.cases(circle.place(lead))[0]
    assert (case.state, len(case.log)) == ("acknowledged", 1)
    wait(monkeypatch, climb.SECONDS * 9)
    assert desk.climbed(backup) == []


def test_a_backups_keys_open_no_word_of_a_session_and_no_page_of_the_circle():
    circle, backup = with_backup(2)
    circle.say(circle.members[0], post(circle.members[0], "Zqx rahasia"))
    desk.raise_case(circle.place(circle.members[0]), "talk", "Zqx desk")
    seen = [document for event in SealedEvent.objects.all() for document in opens(event, every_key(backup))]
    assert not any("Zqx rahasia" in str(document) for document in seen)
    assert any("Zqx desk" in str(document) for document in seen)  # by key; the server refuses until it climbed
    keys = open_room(backup, circle.session)
    assert keys
    assert keys.room.keys == {}
    client = browser(backup.me)
    for path in (
        f"/lingkar/{backup.group.uid}/",
        f"/lingkar/{backup.group.uid}/buku/",
        f"/ruang/{circle.session.uid}/",
    ):
        assert client.get(path).status_code == 404
    assert "Lingkar Kamis" in client.get("/beranda/").content.decode()


def test_a_released_backup_opens_nothing_that_comes_later():
    circle, backup = with_backup()
    actions.release_backup(circle.place(circle.where))
    desk.raise_case(circle.place(circle.members[0]), "now", "sesudahnya")
    assert access.backed(backup.me) == []
    seen = [document for event in SealedEvent.objects.all() for document in opens(event, every_key(backup))]
    assert not any("sesudahnya" in str(document) for document in seen)


def test_members_coming_and_going_leave_the_backup_in_place(monkeypatch):
    circle, backup = with_backup(2)
    meeting.remove(circle.place(circle.where), circle.members[1].membership)
    desk.raise_case(circle.place(circle.members[0]), "now")
    wait(monkeypatch, climb.SECONDS)
    again = access.backed(fresh(backup.me))[0]
    assert len(desk.climbed(again)) == 1
    desk.open_as_backup(again, desk.climbed(again)[0].id)


def test_an_invitation_is_good_for_what_it_was_made_for():
    circle = make_circle(0)
    membership, _who = agree(circle)
    Membership.objects.filter(pk=membership.pk).update(role=Membership.Role.MEMBER)
    membership.refresh_from_db()
    with pytest.raises(RefusedError):
        actions.confirm(circle.place(circle.where), membership)
    joining, _who = agree(circle, make_person(), Invitation.Purpose.JOIN)
    Membership.objects.filter(pk=joining.pk).update(role=Membership.Role.BACKUP)
    joining.refresh_from_db()
    with pytest.raises(RefusedError):
        actions.confirm(circle.place(circle.where), joining)
    with pytest.raises(NoInvitationError):
        agree(circle, make_person(), Invitation.Purpose.GUARDIAN)


def test_the_door_asks_for_an_account_of_a_counsellor():
    circle = make_circle(0)
    ticket = invitations.invite(circle.place(circle.where), "adult", Invitation.Purpose.BACKUP)
    stranger = browser()
    assert stranger.post("/ketuk/", {"fragment": ticket.fragment}).json()["next"] == "/cadangan/"
    assert "Masuk dulu" in stranger.get("/cadangan/").content.decode()
    assert stranger.post("/cadangan/").status_code == 409
    assert stranger.get("/pintu/janji/").status_code == 302
    colleague = browser(make_person(Role.COUNSELLOR))
    colleague.post("/ketuk/", {"fragment": ticket.fragment})
    assert colleague.post("/cadangan/").status_code == 200
    lead = browser(circle.where.me)
    assert "Pak Damar" in lead.get(f"/lingkar/{circle.where.group.uid}/").content.decode()
    assert lead.post(f"/lingkar/{circle.where.group.uid}/terima/").status_code == 200
    assert circle.place(circle.where).state.backup.name == "Pak Damar"
    assert "Lepas cadangan" in lead.get(f"/lingkar/{circle.where.group.uid}/").content.decode()


@pytest.mark.parametrize("answered", [True, False])
def test_the_clock_wakes_the_backup_unless_somebody_answered(monkeypatch, answered):
    circle, backup = with_backup()
    woken: list[tuple[str, ...]] = []
    monkeypatch.setattr(climb, "announce", lambda news: woken.append(news.signal_for))
    monkeypatch.setattr(climb, "close_old_connections", lambda: None)
    desk.raise_case(circle.place(circle.members[0]), "now")
    case = desk.cases(circle.place(circle.where))[0].id
    timer = climb._waiting[case]
    assert timer.interval == climb.SECONDS
    if answered:
        desk.step(circle.place(circle.where), case, "raised", "acknowledged", "", 0)
        assert timer.finished.is_set()
    else:
        timer.function(*timer.args)
        timer.cancel()
        assert woken == [(backup.me.uid,)]
    assert case not in climb._waiting
