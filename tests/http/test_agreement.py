"""Norms that the group writes and signs, limits that are worded anew: a change asks again, only for what changed."""

import pytest

from lingkar.accounts.models import Organisation, Role
from lingkar.circle import agreement, between
from lingkar.circle.keys import events
from lingkar.groups import actions, invitations
from lingkar.principles.acceptance.events import AgreementSigned, NormProposed
from lingkar.room import live
from tests.cast import Circle, fresh, join, make_circle, make_person, post, stamp
from tests.http.test_routes import browser

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("organisation", "same_thread")]


def page(circle: Circle) -> str:
    return f"/lingkar/{circle.where.group.uid}/kesepakatan/"


def propose(circle: Circle, text: str, at: int = 0) -> str:
    who = circle.members[at]
    assert browser(who.me).post(page(circle), {"act": "propose", "text": text}).status_code == 200
    found = [event for event in events(circle.keys(who).room) if isinstance(event, NormProposed)]
    return found[-1].id


@pytest.mark.holds("ACCEPTANCE-1")
def test_a_group_writes_a_norm_and_everybody_signs_before_going_on():
    circle = make_circle(3)
    first, second, third = (browser(who.me) for who in circle.members)
    lead = browser(circle.where.me)
    good, bad = propose(circle, "Kita tidak memotong"), propose(circle, "Semua wajib bicara", 1)
    assert second.post(page(circle), {"act": "answer", "target": good, "agrees": "yes"}).status_code == 200
    against = {"act": "answer", "target": bad, "agrees": "no", "objection": "Aku butuh boleh diam"}
    assert third.post(page(circle), against).status_code == 200
    shown = lead.get(page(circle)).content.decode()
    assert "1 setuju" in shown
    assert "Aku butuh boleh diam" in shown
    assert lead.post(page(circle), {"act": "agree", "keep": ["@stays"], "add": [good]}).status_code == 200
    assert circle.place(circle.where).state.sheet.norms == ("@stays", "Kita tidak memotong")
    room = f"/ruang/{circle.session.uid}/"
    assert first.get(room).headers["Location"] == page(circle)
    frame = '{"t":"say","id":"' + "a" * 32 + '","way":"named","text":"Halo"}'
    assert "tanda tangani" in first.post(f"{room}kata/", {"frame": frame}).json()["errors"][""]
    assert first.get(f"{room}sejak/0/").json()["frames"] == []
    asked = first.get(page(circle)).content.decode()
    assert "Ada yang berubah" in asked
    assert first.post(page(circle), {"act": "sign", "version": "2"}).status_code == 200
    assert first.get(room).status_code == 200
    assert first.post(f"{room}kata/", {"frame": frame}).status_code == 200
    waiting = lead.get(page(circle)).content.decode()
    assert "Belum menandatangani yang terbaru: Anggota 1, Anggota 2" in waiting
    assert second.get(room).status_code == 302


def test_whoever_joins_later_has_signed_the_newest_and_is_not_asked():
    circle = make_circle(1)
    actions.revise(circle.place(circle.where), norms=("@stays", "@pass"))
    newcomer = join(circle.place(circle.where), "Baru")
    assert agreement.asked(circle.place(newcomer)) is None
    assert agreement.asked(circle.place(circle.members[0])).added == ("@pass",)


@pytest.mark.holds("CONFIDENTIALITY-1")
def test_limits_worded_anew_by_the_organisation_are_taken_over_and_asked_for_again():
    circle = make_circle(1)
    lead, member = browser(circle.where.me), browser(circle.members[0].me)
    assert member.get("/akun/batas/").status_code == 404
    assert browser(make_person(Role.COUNSELLOR)).get("/akun/batas/").status_code == 404
    fields = {"limit-0": "Ibu Sari, lalu wali kelas, lalu orang tua."}
    assert lead.post("/akun/batas/", fields).status_code == 200
    assert Organisation.current().own_limits[0] == fields["limit-0"]
    assert fields["limit-0"] not in member.get(f"/lingkar/{circle.where.group.uid}/").content.decode()
    assert "Pakai teks yang baru" in lead.get(page(circle)).content.decode()
    assert lead.post(page(circle), {"act": "limits"}).status_code == 200
    asked = agreement.asked(circle.place(circle.members[0]))
    assert (asked.limits, asked.added, asked.removed) == ((0,), (), ())
    shown = member.get(page(circle)).content.decode()
    assert fields["limit-0"] in shown
    assert member.get(f"/ruang/{circle.session.uid}/").status_code == 302
    assert member.post(page(circle), {"act": "sign", "version": "2"}).status_code == 200
    assert agreement.asked(circle.place(circle.members[0])) is None
    lead.post(page(circle), {"act": "limits"})
    assert circle.place(circle.where).state.sheet.version == 2


def test_a_signature_of_another_or_of_another_text_counts_for_nobody():
    circle = make_circle(2)
    actions.revise(circle.place(circle.where), norms=("@stays", "@pass"))
    first, second = (circle.place(who) for who in circle.members)
    forged = first.me.holder.signing.sign("agreement", b"something else").hex()
    between.give(second, AgreementSigned(**stamp(second), version=2, signature=forged))
    agreement.sign(first, 2)
    agreement.settle(circle.place(circle.where))
    lines = {line.membership: line.signed for line in circle.place(circle.where).state.roster}
    assert (lines[first.membership.uid], lines[second.membership.uid]) == (2, 1)


def test_proposals_need_an_open_room_and_members_decide_nothing_alone():
    circle = make_circle(2, admitted=1)
    outside = browser(circle.members[1].me)
    answer = outside.post(page(circle), {"act": "propose", "text": "Dari luar"})
    assert answer.status_code == 409
    inside = browser(circle.members[0].me)
    assert inside.post(page(circle), {"act": "agree", "keep": []}).status_code == 404
    assert inside.post(page(circle), {"act": "propose", "text": ""}).json()["errors"] == {"text": "Belum ada tulisan."}
    assert inside.post(page(circle), {"act": "answer", "target": "0" * 32, "agrees": "yes"}).status_code == 409
    lead = browser(circle.where.me)
    assert "Paling sedikit satu" in lead.post(page(circle), {"act": "agree"}).json()["errors"][""]
    assert (
        "Tidak ada yang berubah" in lead.post(page(circle), {"act": "agree", "keep": ["@stays"]}).json()["errors"][""]
    )
    insult = inside.post(page(circle), {"act": "propose", "text": "Usir Anggota 2 yang bego itu"})
    assert insult.status_code == 422


def test_an_old_proposal_does_not_come_back_once_it_is_a_norm():
    circle = make_circle(1)
    good = propose(circle, "Kita tidak memotong")
    circle.say(circle.members[0], post(circle.members[0], "Setuju?"))
    lead = browser(circle.where.me)
    lead.post(page(circle), {"act": "agree", "keep": ["@stays"], "add": [good]})
    assert agreement.proposals(circle.place(circle.where), circle.session) == []


def test_the_situations_match_the_limits_as_the_organisation_words_them():
    own = ("Ibu Sari diberi tahu, lalu wali kelas. Orang tua belakangan.", "", "", "", "")
    circle = make_circle(1)
    assert actions.revise(circle.place(circle.where), own_limits=own)
    door = browser()
    link = invitations.invite(circle.place(circle.where), "adult")
    assert door.post("/ketuk/", {"fragment": link.fragment}).status_code == 200
    limits = "/pintu/batas/"
    assert door.post(limits, {"situation": "friend", "answer": "ask-them"}).status_code == 200
    shown = door.get(limits).content.decode()
    assert shown.count(own[0]) == 2
    assert "Semua guru dan orang tua" not in shown
    assert door.post(limits, {"situation": "danger", "answer": "told-first"}).status_code == 422
    wrong = door.post(limits, {"situation": "worded", "answer": "child"}).json()["errors"]["answer"]
    assert wrong == "Itu untuk: Ada anak yang disakiti."
    assert door.post(limits, {"situation": "worded", "answer": "life"}).status_code == 200
    assert door.post(limits, {"situation": "others", "answer": "cannot-promise"}).json()["next"] == "/pintu/janji/"


def test_the_socket_gives_nothing_either_before_it_is_signed():
    circle = make_circle(1)
    actions.revise(circle.place(circle.where), norms=("@stays", "@pass"))

    def joined(who) -> live.Viewer:
        viewer = live.Viewer(who.me.uid, fresh(who.me), "", "id")
        live._join(viewer, circle.session.uid)
        return viewer

    with pytest.raises(agreement.AskedError):
        joined(circle.members[0])
    assert joined(circle.where).is_inside
    agreement.sign(circle.place(circle.members[0]), 2)
    assert joined(circle.members[0]).is_inside
