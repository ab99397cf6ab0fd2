"""What somebody who attacked the program found once, held shut from then on."""

import json
from dataclasses import replace

import pytest
from django.utils import timezone

from lingkar.circle import agreement, cards, meeting, past, promises, supervision
from lingkar.circle.drafts import row_uid
from lingkar.circle.events import HeldReleased, PulseGiven
from lingkar.circle.keys import events
from lingkar.groups import access, actions, invitations
from lingkar.groups.access import Place, update_book
from lingkar.groups.invitations import NoInvitationError, Ticket
from lingkar.groups.models import Invitation, Membership
from lingkar.groups.names import clean_name
from lingkar.principles.acceptance.events import NormAnswered, NormProposed
from lingkar.principles.confidentiality.events import Withdrawn
from lingkar.principles.contract import Sight
from lingkar.principles.feedback.events import Readiness
from lingkar.principles.openness.events import Nameless, Post, RoundEnded, Thinking, Whisper
from lingkar.principles.trust.events import StageMoved
from lingkar.principles.universality.events import PickingStarted, ThreadsPicked, ThreadsShown
from lingkar.room import live
from lingkar.vault.models import Grant
from tests.cast import RIGHT, Circle, fresh, make_circle, make_person, nameless, post, stamp
from tests.circle.test_rounds import answer, heard, start
from tests.circle.test_wheel import make
from tests.http.test_erasing import NAME, WORD, everybody, let_in, readable
from tests.http.test_routes import browser

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("organisation", "same_thread")]
GRAVE = f"aku mau gantung diri malam ini, sudah siapin tali {WORD}"
CARD = {"saw": "baik", "effect": "", "wish": "terus", "corrective": False}


@pytest.fixture
def circle():
    return make_circle(3)


def withdraw(link: Ticket) -> None:
    guardian = browser()
    assert guardian.post("/ketuk/", {"fragment": link.fragment}).status_code == 200
    assert guardian.post("/wali/").status_code == 200


def on_paper(circle: Circle) -> tuple[Place, Ticket]:
    """Somebody whose guardian signed a paper, and a link that was never used."""
    where, child = circle.place(circle.where), make_person()
    door = invitations.open_fragment(invitations.invite(where, "under_17").fragment)
    membership = actions.apply(door, child.person, child.holder, NAME, RIGHT)
    update_book(child, lambda book: book.pin(door.counsellor.uid, door.counsellor.sign_public))
    link = invitations.invite(where, "adult", Invitation.Purpose.GUARDIAN, membership)
    actions.record_paper(where, Membership.objects.get(pk=membership.pk))
    actions.confirm(where, Membership.objects.get(pk=membership.pk))
    who = access.place(fresh(child), where.group.uid)
    circle.admit(who)
    return who, link


def ready_for_cards(circle: Circle, *who: Place) -> None:
    circle.say(circle.where, StageMoved(**stamp(circle.where), stage="working", minutes=20))
    for one in who:
        circle.say(one, Readiness(**stamp(one), ready=True))


def test_nobody_puts_words_in_anothers_place_by_their_id(circle):
    first, second, third = circle.members
    said = post(first, "Kataku")
    circle.say(first, said)
    assert circle.say(second, Post(**stamp(second, said.id), text="diganti")).rule == "ID-TAKEN"
    assert circle.say(second, Withdrawn(**stamp(second), target=said.id)).rule == "NOT-YOURS"
    assert [one.text for one in heard(circle, third)] == ["Kataku"]
    assert circle.say(first, said).state == "kept"


def test_nothing_of_the_forgotten_comes_out_later(circle):
    who, link = let_in(circle)
    held = post(who, GRAVE)
    assert circle.say(who, held).state == "held"
    circle.say(who, nameless(who, f"Diam {WORD}"))
    circle.say(circle.members[0], nameless(circle.members[0], "Satu"))
    withdraw(link)
    meeting.turn_keys_if_due(circle.place(circle.where), circle.session)
    third = circle.members[1]
    keys = replace(circle.keys(third), counsellors=circle.keys(circle.where).counsellors)
    circle.say(third, nameless(third, "Dua"), keys)
    assert WORD not in json.dumps([one.text for one in heard(circle, third, Nameless)])
    release = HeldReleased(**stamp(circle.where), target=held.id, author=who.membership.uid)
    assert circle.say(circle.where, release).rule == "NOT-THERE"


def test_the_cockpit_that_turns_keys_takes_out_the_forgotten_too(circle):
    who, link = let_in(circle)
    circle.say(who, post(who, WORD))
    withdraw(link)
    assert browser(circle.where.me).post(f"/ruang/{circle.session.uid}/tindak/turn/").status_code == 200
    assert WORD not in readable(*everybody(circle))


def test_whoever_came_back_with_new_keys_is_heard_in_rounds(circle):
    ticket = meeting.renew(circle.place(circle.where), circle.members[0].membership)
    again = make_person()
    door = invitations.open_fragment(ticket.fragment)
    membership = actions.apply(door, again.person, again.holder, "Anggota 0", RIGHT)
    update_book(again, lambda book: book.pin(door.counsellor.uid, door.counsellor.sign_public))
    actions.confirm(circle.place(circle.where), Membership.objects.get(pk=membership.pk))
    back = access.place(fresh(again), circle.where.group.uid)
    circle.admit(back)
    started = start(circle)
    assert circle.say(back, answer(back, started, "Aku kembali")).state == "kept"
    circle.say(circle.where, RoundEnded(**stamp(circle.where)))
    assert [one.text for one in heard(circle, circle.members[1])] == ["Aku kembali"]


def test_only_what_was_read_is_signed(circle):
    actions.revise(circle.place(circle.where), norms=("@stays", "@pass"))
    member, page = browser(circle.members[0].me), f"/lingkar/{circle.where.group.uid}/kesepakatan/"
    assert 'name="version" value="2"' in member.get(page).content.decode()
    actions.revise(circle.place(circle.where), norms=("@stays", "@pass", "Semua direkam"))
    for version in ("2", "", "x"):
        assert member.post(page, {"act": "sign", "version": version}).status_code == 409
    assert agreement.asked(circle.place(circle.members[0])) is not None
    assert member.post(page, {"act": "sign", "version": "3"}).status_code == 200
    assert agreement.asked(circle.place(circle.members[0])) is None


def test_the_unsigned_get_nothing_of_an_open_room_by_other_pages(circle):
    session = circle.session.uid
    who, other = circle.members[:2]
    ready_for_cards(circle, who, other)
    viewer = live.Viewer(who.me.uid, fresh(who.me), "", "id")
    live._join(viewer, session)
    live.HUB.rooms[session].add(viewer)
    agreement.agree(circle.place(circle.where), circle.session, ("@stays", "@pass"))
    live._sign_first(viewer)
    assert viewer.keys is None
    del live.HUB.rooms[session]
    member = browser(who.me)
    for path in (f"/pertemuan/{session}/aku/", f"/ruang/{session}/kartu/", f"/ruang/{session}/"):
        assert member.get(path).headers["Location"] == f"/lingkar/{circle.where.group.uid}/kesepakatan/"
    card = {"to": other.membership.uid, "kind": "appreciative", "saw": "baik", "wish": "terus"}
    assert member.post(f"/ruang/{session}/kartu/beri/", card, headers={"X-Lingkar": "fetch"}).status_code == 409
    strengths = {"strengths": ["listens"], "share": "yes"}
    assert member.post(f"/lingkar/{circle.where.group.uid}/khas/", strengths).status_code == 409


def test_after_a_withdrawal_no_older_link_of_that_place_works(circle):
    who, link = let_in(circle)
    where = circle.place(circle.where)
    other = invitations.invite(where, "adult", Invitation.Purpose.GUARDIAN, who.membership)
    ticket = meeting.renew(where, who.membership)
    withdraw(link)
    browser(circle.where.me).get("/beranda/")
    for one in (other, ticket):
        with pytest.raises(NoInvitationError):
            invitations.open_fragment(one.fragment)
    found = Membership.objects.get(pk=who.membership.pk)
    assert (found.consent, found.state) == (Membership.Consent.WITHDRAWN, Membership.State.LEFT)
    assert (bytes(found.application), bytes(found.consent_record)) == (b"", b"")


def test_a_link_beside_a_paper_takes_the_consent_back(circle):
    who, link = on_paper(circle)
    guardian = browser()
    guardian.post("/ketuk/", {"fragment": link.fragment})
    assert guardian.post("/wali/", {"name": "Ibu", "answer": "agree"}).status_code == 200
    withdraw(link)
    assert Membership.objects.get(pk=who.membership.pk).consent == Membership.Consent.WITHDRAWN


def test_a_paper_is_taken_back_also_after_the_child_has_left(circle):
    who, _link = on_paper(circle)
    circle.say(who, post(who, WORD))
    browser(who.me).post(f"/lingkar/{circle.where.group.uid}/keluar/", {"now": "yes"})
    act = f"/lingkar/{circle.where.group.uid}/anggota/{who.membership.uid}/withdraw/"
    assert browser(circle.where.me).post(act).status_code == 200
    assert WORD not in readable(*everybody(circle))


def test_a_guardians_no_throws_no_adult_out(circle):
    first = circle.members[0]
    link = invitations.invite(circle.place(circle.where), "adult", Invitation.Purpose.GUARDIAN, first.membership)
    guardian = browser()
    guardian.post("/ketuk/", {"fragment": link.fragment})
    guardian.post("/wali/", {"name": "Ayah", "answer": "withhold"})
    assert circle.place(first).membership.is_active


def test_a_card_that_waits_for_the_forgotten_goes_and_none_is_made_for_them(circle):
    who, link = let_in(circle)
    other = circle.members[0]
    ready_for_cards(circle, who, other)
    assert cards.give(circle.place(other), circle.session, who.membership.uid, CARD, insists=True).state == "kept"
    bad = {**CARD, "saw": f"dasar bego kamu {WORD} {NAME}", "wish": "pergi saja", "corrective": True}
    assert cards.give(circle.place(other), circle.session, who.membership.uid, bad, insists=True).state == "held"
    withdraw(link)
    again = cards.give(circle.place(other), circle.session, who.membership.uid, {**CARD, "saw": "lagi"}, insists=True)
    assert again.rule == "FEEDBACK-GONE"
    assert not Grant.objects.filter(recipient=who.me.uid, keyring__scope=circle.session.uid).exists()
    browser(circle.where.me).get("/beranda/")
    assert WORD not in readable(*everybody(circle))


def test_a_promise_stays_kept_when_whoever_saw_it_is_forgotten(circle):
    who, link = let_in(circle)
    promises.promise(circle.place(circle.where), "Saya bawa daftar", timezone.localdate())
    promises.see(circle.place(who), promises.promises(circle.place(circle.where))[0].id)
    withdraw(link)
    browser(circle.where.me).get("/beranda/")
    assert promises.promises(circle.place(circle.where))[0].as_promised().is_kept
    assert "dilihat …" in browser(circle.where.me).get(f"/lingkar/{circle.where.group.uid}/janji/").content.decode()


def test_sessions_count_in_the_order_of_time_and_not_of_their_numbers(circle):
    second = actions.schedule(circle.place(circle.where), None, 40)
    meeting.open_session(circle.place(circle.where), second, 6)
    second.refresh_from_db()
    first, circle.session = circle.session, second
    circle.admit(*circle.members)
    lead, who = circle.where, circle.members[0]
    circle.say(lead, PickingStarted(**stamp(lead), themes=("family",)))
    circle.say(who, ThreadsPicked(**stamp(who), themes=("family",)))
    circle.say(lead, ThreadsShown(**stamp(lead), threads=()))
    before = past.rounds(circle.place(lead), first)
    assert [one.carriers for one in before] == [{"family": frozenset({who.membership.uid})}]


def test_a_circle_of_few_sends_no_sums_to_the_supervisor():
    events = [make(kind, at, "m0", text="x") for kind in (Post, Whisper) for at in range(6)]
    few, many = (Sight(tuple(events), tuple(f"m{number}" for number in range(size))) for size in (4, 5))
    assert supervision.sums([few])["OPENNESS-5"] is None
    assert supervision.sums([many])["OPENNESS-5"] == (6, 12)


@pytest.mark.parametrize(
    "name",
    [
        "Bu  Laras",
        "Bu\nLaras",
        "Bu Laras\u3164",
        "\uff22u Laras",
        "Bu Lar\u0430s",
        "Bu La\u034fras",
        "bu laras",
        "BuLaras",
    ],
)
def test_nobody_is_called_as_the_counsellor_is_or_looks(circle, name):
    member = browser(circle.members[0].me)
    assert member.post(f"/lingkar/{circle.where.group.uid}/nama/", {"name": name}).status_code == 200
    browser(circle.where.me).get("/beranda/")
    line = circle.place(circle.where).state.line(circle.members[0].membership.uid)
    assert line.name.endswith(" 2")


@pytest.mark.parametrize("name", ["\u3164", "\u2800\u115f", "\u034f", " \n "])
def test_a_name_that_nobody_sees_is_none(circle, name):
    assert clean_name(name) == ""
    answer = browser(circle.members[0].me).post(f"/lingkar/{circle.where.group.uid}/nama/", {"name": name})
    assert "name" in answer.json()["errors"]


def test_a_page_that_draws_an_old_round_anew_ends_no_other(circle):
    old = start(circle)
    circle.say(circle.where, RoundEnded(**stamp(circle.where), round=old))
    started, who = start(circle), circle.members[0]
    circle.say(who, answer(who, started, "Belum boleh"))
    assert circle.say(circle.where, RoundEnded(**stamp(circle.where), round=old)).rule == "ROUND-OVER"
    assert heard(circle, circle.members[1]) == []
    assert circle.say(circle.where, RoundEnded(**stamp(circle.where), round=started)).state == "kept"
    assert len(heard(circle, circle.members[1])) == 1


def held_words(circle: Circle) -> list[str]:
    return [one.text for one in events(circle.keys(circle.where).counsellors) if isinstance(one, Whisper)]


def test_grave_words_reach_the_circle_by_no_other_way_either(circle):
    who, other = circle.members[:2]
    page = f"/lingkar/{circle.where.group.uid}/kesepakatan/"
    assert browser(who.me).post(page, {"act": "propose", "text": GRAVE}).status_code == 200
    assert circle.say(other, NormProposed(**stamp(other), text="Kita menunggu")).state == "kept"
    norm = heard(circle, who, NormProposed)[-1].id
    against = {"act": "answer", "target": norm, "agrees": "no", "objection": GRAVE}
    assert browser(who.me).post(page, against).status_code == 200
    assert [one.text for one in heard(circle, other, NormProposed)] == ["Kita menunggu"]
    assert heard(circle, other, NormAnswered) == []
    assert held_words(circle) == [GRAVE, GRAVE]


@pytest.mark.parametrize("question", [GRAVE, "dasar bego kamu, tolol, semua orang benci kamu"])
def test_what_stops_a_card_stops_the_words_in_its_answer(circle, question):
    giver, receiver = circle.members[:2]
    ready_for_cards(circle, receiver)
    given = cards.give(circle.place(giver), circle.session, receiver.membership.uid, CARD, insists=True)
    cards.answer(circle.place(receiver), circle.session, given.id, 2, question)
    answered = cards.cards(circle.place(giver), circle.session)[0].answer
    assert (answered.helped, answered.question) == (2, "")
    assert held_words(circle) == [question]


def test_a_child_with_new_keys_comes_back_on_the_consent_that_was_given(circle):
    who, _link = let_in(circle)
    ticket = meeting.renew(circle.place(circle.where), who.membership)
    again = make_person()
    door = invitations.open_fragment(ticket.fragment)
    actions.apply(door, again.person, again.holder, NAME, RIGHT)
    done, refused = actions.confirm_all(circle.place(circle.where))
    assert ([one.pk for one in done], refused) == ([who.membership.pk], [])


@pytest.mark.parametrize("starts", ["0001-01-01T00:00", "9999-12-31T23:59", "1999-12-31T10:00"])
def test_a_date_that_is_none_is_refused(circle, starts):
    dates = {"starts": starts, "minutes": "40"}
    path = f"/lingkar/{circle.where.group.uid}/jadwal/"
    assert "starts" in browser(circle.where.me).post(path, dates).json()["errors"]


def come_back(circle: Circle, ticket: Ticket) -> Place:
    again = make_person()
    door = invitations.open_fragment(ticket.fragment)
    membership = actions.apply(door, again.person, again.holder, "Kembali", RIGHT)
    update_book(again, lambda book: book.pin(door.counsellor.uid, door.counsellor.sign_public))
    actions.confirm(circle.place(circle.where), Membership.objects.get(pk=membership.pk))
    return access.place(fresh(again), circle.where.group.uid)


def test_an_older_ticket_opens_nobodys_place(circle):
    first = circle.members[0].membership
    older, newer = (meeting.renew(circle.place(circle.where), first) for _ in range(2))
    back = come_back(circle, newer)
    with pytest.raises(NoInvitationError):
        invitations.open_fragment(older.fragment)
    assert circle.place(back).membership.is_active


def test_a_ticket_back_is_told_from_an_invitation(circle):
    meeting.renew(circle.place(circle.where), circle.members[0].membership)
    page = browser(circle.where.me).get(f"/lingkar/{circle.where.group.uid}/undangan/").content.decode()
    assert "Hanya untuk yang lupa semua" in page


def test_whoever_comes_back_with_new_keys_reads_on_and_may_take_their_words_along(circle):
    first = circle.members[0]
    circle.say(first, Whisper(**stamp(first), text="Hanya untuk Ibu"))
    back = come_back(circle, meeting.renew(circle.place(circle.where), first.membership))
    circle.admit(back)
    member = browser(back.me)
    for path in (f"/ruang/{circle.session.uid}/", f"/lingkar/{circle.where.group.uid}/catatan/"):
        assert member.get(path).status_code == 200
    assert circle.say(back, Whisper(**stamp(back), text=WORD)).state == "kept"
    leave = f"/lingkar/{circle.where.group.uid}/keluar/"
    assert member.post(leave, {"now": "yes", "forget": "yes"}).status_code == 200
    assert WORD not in readable(*everybody(circle))


def test_nobody_sits_twice_in_one_circle(circle):
    for who in (circle.members[0], circle.where):
        door = invitations.open_fragment(invitations.invite(circle.place(circle.where), "adult").fragment)
        with pytest.raises(NoInvitationError):
            actions.apply(door, who.me.person, who.me.holder, "Lagi", RIGHT)


def test_no_page_is_handed_whose_pulse_or_which_it_is(circle):
    who = circle.members[0]
    circle.say(who, PulseGiven(**stamp(who), answers=(1,) * 8))
    frames = browser(circle.where.me).get(f"/ruang/{circle.session.uid}/sejak/0/").json()["frames"]
    assert {"kind": "Unnamed"} in [frame["e"] for frame in frames]
    assert "answers" not in json.dumps(frames)


def test_a_form_that_is_too_large_gets_a_sentence(circle):
    answer = browser(circle.members[0].me).post(
        f"/lingkar/{circle.where.group.uid}/catatan/", {"text": "a" * 400_000}, headers={"X-Lingkar": "fetch"}
    )
    assert (answer.status_code, "Terlalu panjang" in answer.json()["errors"][""]) == (413, True)


def test_nobody_shuts_anothers_closing_by_taking_its_ids_first(circle):
    who, other = circle.members[:2]
    circle.say(circle.where, StageMoved(**stamp(circle.where), stage="closing", minutes=7))
    for part in ("pulse", "uca", "reflection"):
        taken = row_uid(who.membership.uid, circle.session.uid, part)
        for mark in (Thinking, Whisper):
            more = {"text": "x"} if mark is Whisper else {}
            assert circle.say(other, mark(**stamp(other, taken), **more)).state == "kept"
    page = f"/ruang/{circle.session.uid}/penutup/"
    closing = (
        {"part": "pulse", "pulse-trust": "4"},
        {"part": "uca", "comfort": "4"},
        {"part": "reflection", "text": "x"},
    )
    assert [browser(who.me).post(page, part).status_code for part in closing] == [200] * 3
