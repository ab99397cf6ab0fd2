"""The door: invitations, consent, coming back, and what a wrong key or a late guardian meets."""

import threading

import pytest
from django.http import Http404

from lingkar.accounts import signin, throttle, words
from lingkar.accounts.models import Role
from lingkar.accounts.throttle import DELAY, Delay, TooSoonError
from lingkar.circle import meeting
from lingkar.groups import access, actions, invitations
from lingkar.groups.access import update_book
from lingkar.groups.invitations import NoInvitationError
from lingkar.groups.models import Invitation, Membership
from lingkar.principles.confidentiality import gate
from lingkar.vault.errors import RefusedError
from lingkar.vault.models import Identity
from tests.cast import RIGHT, fresh, join, make_circle, make_person, make_sheet, post
from tests.circle.test_keep import room_texts

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_delays():
    DELAY.clear()


@pytest.fixture
def where():
    return actions.make_group(make_person(Role.COUNSELLOR), make_sheet(name="Lingkar Senin"))


def test_link_and_code_open_the_same_sheet_and_nothing_else(where):
    ticket = invitations.invite(where, "adult")
    by_link, by_code = invitations.open_fragment(ticket.fragment), invitations.open_code(ticket.code.lower())
    assert by_link.sheet == by_code.sheet
    assert by_link.sheet.name == "Lingkar Senin"
    assert by_link.secret.reveal() == by_code.secret.reveal()


def test_ten_wrong_codes_kill_an_invitation(where):
    ticket = invitations.invite(where, "adult")
    wrong = ticket.code[:5] + "ZZZZZ-ZZZZZ"
    for _try in range(invitations.WRONG_TRIES):
        with pytest.raises(NoInvitationError):
            invitations.open_code(wrong)
    with pytest.raises(NoInvitationError):
        invitations.open_code(ticket.code)


@pytest.mark.parametrize("damage", [{"used": True}, {"last_day": "2020-01-01"}, {"wrong_tries": 10}])
def test_used_old_and_killed_invitations_are_one_answer(where, damage):
    ticket = invitations.invite(where, "adult")
    Invitation.objects.filter(pk=ticket.uid).update(**damage)
    with pytest.raises(NoInvitationError):
        invitations.open_fragment(ticket.fragment)


def test_an_invitation_is_used_once(where):
    door = invitations.open_fragment(invitations.invite(where, "adult").fragment)
    one, two = make_person(), make_person()
    actions.apply(door, one.person, one.holder, "Rumi", RIGHT)
    with pytest.raises(NoInvitationError):
        actions.apply(door, two.person, two.holder, "Senja", RIGHT)


def test_under_17_waits_for_the_guardian(where):
    door = invitations.open_fragment(invitations.invite(where, "under_17").fragment)
    child = make_person()
    membership = actions.apply(door, child.person, child.holder, "Rumi", RIGHT)
    assert actions.confirm_all(where) == ([], [])
    link = invitations.invite(where, "adult", Invitation.Purpose.GUARDIAN, membership)
    actions.guardian_answers(invitations.open_fragment(link.fragment), agrees=True, name="Ibu Rumi")
    done, refused = actions.confirm_all(where)
    assert ([found.uid for found in done], refused) == ([membership.uid], [])


def test_a_withheld_consent_keeps_the_door_shut_until_paper(where):
    door = invitations.open_fragment(invitations.invite(where, "under_17").fragment)
    child = make_person()
    membership = actions.apply(door, child.person, child.holder, "Rumi", RIGHT)
    link = invitations.invite(where, "adult", Invitation.Purpose.GUARDIAN, membership)
    actions.guardian_answers(invitations.open_fragment(link.fragment), agrees=False, name="Ibu Rumi")
    assert actions.confirm_all(where) == ([], [])
    membership.refresh_from_db()
    actions.record_paper(where, membership)
    assert len(actions.confirm_all(where)[0]) == 1


def test_an_application_without_the_invitations_secret_is_refused(where):
    door = invitations.open_fragment(invitations.invite(where, "adult").fragment)
    other = invitations.open_fragment(invitations.invite(where, "adult").fragment)
    who = make_person()
    membership = actions.apply(door, who.person, who.holder, "Rumi", RIGHT)
    Membership.objects.filter(pk=membership.pk).update(invitation=other.invitation)
    membership.refresh_from_db()
    with pytest.raises(RefusedError):
        actions.confirm(where, membership)


def test_names_in_a_circle_differ(where):
    first, second = join(where, "Rumi"), join(where, "rumi")
    names = {line.name for line in second.state.roster}
    assert first.membership.uid != second.membership.uid
    assert names == {"Bu Laras", "Rumi", "rumi 2"}


def test_who_lost_everything_gets_the_same_seat_and_only_what_they_had_heard():
    circle = make_circle(3, admitted=2)
    lost, other, late = circle.members
    circle.say(other, post(other, "sebelum"))
    ticket = meeting.renew(circle.place(circle.where), circle.place(lost).membership)
    circle.say(other, post(other, "selama ia tidak ada"))
    door = invitations.open_fragment(ticket.fragment)
    again = make_person()
    membership = actions.apply(door, again.person, again.holder, "Rumi", RIGHT)
    update_book(again, lambda book: book.pin(door.counsellor.uid, door.counsellor.sign_public))
    actions.confirm(circle.place(circle.where), membership)
    assert membership.uid == lost.membership.uid
    assert circle.place(circle.where).state.line(membership.uid).person == again.uid
    back = access.place(fresh(again), circle.where.group.uid)
    assert room_texts(circle, back) == ["sebelum"]
    with pytest.raises(Http404):
        access.place(fresh(lost.me), circle.where.group.uid)
    assert room_texts(circle, late) == []


@pytest.mark.holds("CONFIDENTIALITY-2")
@pytest.mark.parametrize("answers", [{}, {**RIGHT, "danger": "nobody"}, {"friend": "funny"}])
def test_the_door_stays_shut_until_all_three_are_right(answers):
    assert gate.wrong_answers(answers)
    assert not gate.wrong_answers(RIGHT)


def test_the_sixth_wrong_try_waits_and_a_right_one_forgets():
    login = signin.free_login()
    signin.register(login, "kuda hujan meja padi roti", Role.MEMBER)
    for _try in range(throttle.FREE_TRIES):
        with pytest.raises(signin.WrongError):
            signin.sign_in(login, "salah sekali ini", "", "")
    with pytest.raises(TooSoonError):
        signin.sign_in(login, "kuda hujan meja padi roti", "", "")
    DELAY.clear()
    assert signin.sign_in(login.upper(), "KUDA-hujan meja padi roti", "", "").person


def test_fifty_parallel_tries_do_not_slip_through():
    delay, passed = Delay(), []

    def attempt():
        try:
            delay.reserve("one account")
            passed.append(1)
        except TooSoonError:
            pass

    threads = [threading.Thread(target=attempt) for _ in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(passed) == throttle.FREE_TRIES


def test_counsellors_need_the_six_digits_and_each_counts_once(monkeypatch):
    import time

    from lingkar.vault.suite import totp_code
    from tests.cast import TOTP

    login = signin.free_login()
    signin.register(login, "kuda hujan meja padi roti kopi", Role.COUNSELLOR, TOTP)
    with pytest.raises(signin.WrongError):
        signin.sign_in(login, "kuda hujan meja padi roti kopi", "", "")
    code = totp_code(TOTP, time.time())
    assert signin.sign_in(login, "kuda hujan meja padi roti kopi", code, "")
    with pytest.raises(signin.WrongError):
        signin.sign_in(login, "kuda hujan meja padi roti kopi", code, "")


def test_a_recovery_code_gives_new_keys_to_the_door_and_dies():
    login = signin.free_login()
    _person, _holder, code = signin.register(login, "kuda hujan meja padi roti", Role.MEMBER)
    entry, fresh = signin.recover(login, code, "", "sapu jalan bunga kopi teh")
    assert entry.holder.uid
    assert fresh != code
    with pytest.raises(signin.WrongError):
        signin.recover(login, code, "", "apa saja yang cukup panjang")
    assert signin.sign_in(login, "sapu jalan bunga kopi teh", "", "")


def test_made_words_are_what_they_promise():
    made = words.words()
    assert len(made) == len({word[:4] for word in made}) == 2048
    assert not words.weakness(words.new_passphrase(5), [])
    for weak in ("pendek", "passwordpassword", "aaaaaaaaaaaaaaaaaaaa", "x" * 257):
        assert words.weakness(weak, [])


def test_a_member_takes_another_name_that_holds_after_the_counsellors_visit():
    circle = make_circle(2)
    one, two = circle.members
    actions.ask_name(circle.place(one), "Langit")
    assert circle.place(two).state.line(one.membership.uid).name == "Anggota 0"
    actions.settle(circle.place(circle.where))
    assert circle.place(two).state.line(one.membership.uid).name == "Langit"
    actions.ask_name(circle.place(two), "langit")
    actions.settle(circle.place(circle.where))
    assert circle.place(one).state.line(two.membership.uid).name == "langit 2"


@pytest.mark.parametrize("forged", ["another signer", "replayed", "noise"])
def test_nobody_else_changes_a_members_name(forged):
    circle = make_circle(2)
    one, two = circle.members
    row = Membership.objects.filter(pk=one.membership.pk)
    if forged == "another signer":
        actions.ask_name(access.Place(two.me, circle.place(one).membership), "Palsu")
    elif forged == "replayed":
        actions.ask_name(circle.place(one), "Palsu")
        asked = row.get().application
        actions.settle(circle.place(circle.where))
        actions.ask_name(circle.place(one), "Benar")
        actions.settle(circle.place(circle.where))
        row.update(application=asked)
    else:
        row.update(application=b"noise")
    actions.settle(circle.place(circle.where))
    assert circle.place(two).state.line(one.membership.uid).name != "Palsu"
    assert row.get().application == b""


@pytest.mark.parametrize("claimed", ["not_needed", "given", "paper"])
def test_a_consent_written_into_the_table_lets_no_child_in(where, claimed):
    door = invitations.open_fragment(invitations.invite(where, "under_17").fragment)
    child = make_person()
    membership = actions.apply(door, child.person, child.holder, "Rumi", RIGHT)
    Membership.objects.filter(pk=membership.pk).update(consent=claimed)
    assert actions.confirm_all(where)[0] == []


def test_an_applicants_key_exchanged_in_the_table_gets_no_grant(where):
    door = invitations.open_fragment(invitations.invite(where, "adult").fragment)
    mine, thief = make_person(), make_person()
    membership = actions.apply(door, mine.person, mine.holder, "Rumi", RIGHT)
    Identity.objects.filter(pk=mine.uid).update(read_public=thief.holder.read.public)
    assert actions.confirm_all(where) == ([], [membership])
