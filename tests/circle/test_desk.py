"""The safety desk: who sees a case, how it moves, and what the ledger says before anybody outside is told."""

import pytest

from lingkar.circle import desk
from lingkar.circle.desk import MovedOnError
from lingkar.groups import actions
from lingkar.groups.models import SealedEvent
from lingkar.ledger import chain
from lingkar.room import wire
from lingkar.safety import screen
from lingkar.vault import keyrings
from lingkar.vault.errors import RefusedError
from lingkar.vault.models import Keyring
from tests.cast import make_circle, post, whisper
from tests.circle.test_keep import every_key, opens

pytestmark = pytest.mark.django_db
HEAVY = "aku udah nyiapin obatnya, ini malam terakhirku"


def test_a_button_and_heavy_words_open_a_case_that_only_counsellors_read():
    circle = make_circle(2)
    one, two = circle.members
    desk.raise_case(circle.place(one), "talk", "tolong, soal di rumah")
    circle.say(two, post(two, HEAVY))
    circle.say(two, whisper(two, HEAVY))
    seen = desk.cases(circle.place(circle.where))
    assert sorted(case.raised.source for case in seen) == ["talk", "words", "words"]
    assert {case.raised.name for case in seen} == {"Anggota 0", "Anggota 1"}
    assert desk.cases(circle.place(one)) == []
    snoop = [d for e in SealedEvent.objects.all() for d in opens(e, every_key(circle.place(one)))]
    assert not any(HEAVY in str(document) or "soal di rumah" in str(document) for document in snoop)


def test_words_without_a_sign_open_none():
    circle = make_circle(1)
    circle.say(circle.members[0], post(circle.members[0], "Hari ini aku capek tapi senang."))
    assert desk.cases(circle.place(circle.where)) == []


def test_a_case_moves_on_and_remembers_how_long_the_answer_took():
    circle = make_circle(1)
    desk.raise_case(circle.place(circle.members[0]), "now")
    lead = circle.place(circle.where)
    case = desk.cases(lead)[0]
    assert (case.state, case.answered_after) == ("raised", None)
    desk.step(lead, case.id, "raised", "acknowledged", "Saya ke sana.", 0)
    desk.step(lead, case.id, "acknowledged", "asked", "Ditanya langsung.", 2)
    desk.step(lead, case.id, "asked", "follow-up", "", 0)
    desk.step(lead, case.id, "follow-up", "acting", "Kembali dibicarakan.", 0)
    case = desk.cases(lead)[0]
    assert (case.state, case.level, len(case.log)) == ("acting", 2, 4)
    assert case.answered_after >= 0
    with pytest.raises(RefusedError):
        desk.step(lead, case.id, "acting", "acknowledged", "", 0)


def test_two_at_once_do_not_overwrite_each_other():
    circle = make_circle(1)
    desk.raise_case(circle.place(circle.members[0]), "now")
    lead = circle.place(circle.where)
    case = desk.cases(lead)[0]
    desk.step(lead, case.id, "raised", "contacted", "", 0)
    with pytest.raises(MovedOnError) as moved:
        desk.step(lead, case.id, "raised", "acknowledged", "", 0)
    assert moved.value.by == circle.where.membership.uid


@pytest.mark.parametrize("hidden", ["", "pelakunya membaca ponselnya"])
def test_telling_outside_is_in_the_ledger_first_and_tells_the_member_alone_unless_that_adds_danger(hidden):
    circle = make_circle(2)
    member = circle.place(circle.members[0])
    desk.raise_case(member, "now")
    lead = circle.place(circle.where)
    case = desk.cases(lead)[0]
    with pytest.raises(RefusedError):
        desk.tell(lead, case.id, "life", "", "Bahayanya saja.", hidden)
    desk.tell(lead, case.id, "life", "Puskesmas", "Bahayanya saja.", hidden)
    acts = [act.document for act in chain.read(member.group.uid, circle.place(circle.members[0]).opened)]
    told = next(act for act in acts if act["act"] == "told")
    assert told["limit"] == "life"
    assert desk.concerns(circle.place(circle.members[0]), told) is not bool(hidden)
    assert not desk.concerns(circle.place(circle.members[1]), told)
    assert member.membership.uid not in str(told)
    assert "Puskesmas" not in str(told)


def test_a_member_cannot_open_a_case_in_anothers_name_nor_a_counsellor_ask_for_help():
    circle = make_circle(2)
    with pytest.raises(RefusedError):
        desk.raise_case(circle.place(circle.members[0]), "counsellor", "x", circle.members[1].membership.uid)
    with pytest.raises(RefusedError):
        desk.raise_case(circle.place(circle.where), "talk")


def test_a_group_from_before_there_was_a_desk_goes_on_and_gets_one():
    circle = make_circle(1)
    member = circle.members[0]
    Keyring.objects.filter(kind=keyrings.ALERT).delete()
    assert circle.say(member, post(member, HEAVY)).signal
    actions.settle(circle.place(circle.where))
    desk.raise_case(circle.place(member), "talk")
    assert [case.raised.source for case in desk.cases(circle.place(circle.where))] == ["talk"]


def test_words_that_may_be_heavy_offer_help_to_their_writer_and_tell_nobody(monkeypatch):
    circle = make_circle(2)
    who = circle.members[0]
    monkeypatch.setattr(screen, "screen", lambda text: screen.Sign(0) if text else None)
    outcome = circle.say(who, post(who, "rasanya gelap akhir-akhir ini"))
    assert (outcome.state, outcome.offer, outcome.signal) == ("kept", True, False)
    assert desk.cases(circle.place(circle.where)) == []
    assert wire.answered(outcome, "id").get("offer") is True
    assert "help" not in wire.answered(outcome, "id")
    lead = circle.say(circle.where, post(circle.where, "rasanya gelap akhir-akhir ini"))
    assert lead.offer is False
