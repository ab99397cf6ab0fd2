"""The one write path: what is kept, for whom, and what nobody else's keys open."""

import contextlib
from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone

from lingkar.circle import meeting, pairs, rules
from lingkar.circle.events import HeldReleased
from lingkar.groups import actions, rows
from lingkar.groups.models import Group, Membership, SealedEvent
from lingkar.ledger import chain
from lingkar.ledger.models import LedgerEntry
from lingkar.principles.confidentiality.events import Withdrawn
from lingkar.principles.openness.events import BowlWanted
from lingkar.vault import keyrings, shred
from lingkar.vault.errors import CannotOpenError, RefusedError, ShreddedError, VaultError
from lingkar.vault.holder import new_holder
from lingkar.vault.models import Epoch, Grant, Identity, Keyring, new_uid
from tests.cast import make_circle, nameless, post, stamp, whisper

pytestmark = pytest.mark.django_db


def room_events(circle, who):
    opened = circle.keys(who).room
    return [rules.from_document(row.document, row.number) for row in rows.read(opened) if row.document]


def room_texts(circle, who):
    return [event.words for event in room_events(circle, who) if event.words]


def test_it_keeps_a_post_once_whoever_retries():
    circle = make_circle(2)
    first = circle.say(circle.members[0], event := post(circle.members[0], "Halo semua"))
    again = circle.say(circle.members[0], event)
    assert (first.state, again.state, first.number) == ("kept", "kept", again.number)
    assert again.deliveries == ()
    assert room_texts(circle, circle.members[1]) == ["Halo semua"]


def test_nobody_else_says_anything_under_an_id_that_is_taken():
    circle = make_circle(2)
    event = post(circle.members[0], "Satu")
    circle.say(circle.members[0], event)
    again = replace(event, by=circle.members[1].membership.uid, text="Dua")
    assert circle.say(circle.members[1], again).rule == "ID-TAKEN"
    assert room_texts(circle, circle.where) == ["Satu"]


def test_a_members_keys_open_no_counsellor_only_word_even_without_any_check():
    """Every blob against every key that a member's SEED yields, ignoring all access code."""
    circle = make_circle(3)
    for number, member in enumerate(circle.members):
        circle.say(member, whisper(member, f"rahasia {number}"))
        circle.say(member, nameless(member, f"tanpa nama {number}"), with_counsellor(circle, member))
    snoop = circle.place(circle.members[0])
    keys = every_key(snoop)
    seen = [document for event in SealedEvent.objects.all() for document in opens(event, keys)]
    words = [document.get("text", "") for document in seen]
    assert "tanpa nama 1" in words  # came out of the bowl
    assert "rahasia 0" in words  # the own copy
    assert not {"rahasia 1", "rahasia 2"} & set(words)
    others = [d for d in seen if d.get("text", "").startswith("tanpa nama") and d["text"] != "tanpa nama 0"]
    assert others
    assert all(document["by"] == "" for document in others)
    counsellor_sees = [d.get("by") for e in SealedEvent.objects.all() for d in opens(e, every_key(circle.where))]
    assert circle.members[1].membership.uid in counsellor_sees  # the control: with the right keys they do open


def with_counsellor(circle, member):
    """As in the live process while a counsellor is connected."""
    return replace(circle.keys(member), counsellors=circle.keys(circle.where).counsellors)


def every_key(where):
    found = []
    for ring in Keyring.objects.all():
        for grant in Grant.objects.filter(keyring=ring, recipient=where.me.uid):
            secret = keyrings._granted_secret(grant, where.me.holder, pairs._pins(where))
            found.append(keyrings.content_key(ring.kind, secret, ring.uid, grant.epoch))
        if ring.kind == keyrings.AUTHOR:
            secret = where.me.holder.own_secret(f"author/{ring.uid}")
            with contextlib.suppress(ShreddedError):
                found.append(keyrings.content_key(ring.kind, secret, ring.uid, 1))
    return found


def opens(event, keys):
    place = rows.row_place(event.keyring, event.epoch, event.uid, event.number)
    for key in keys:
        try:
            yield key.open(bytes(event.blob), place)
        except CannotOpenError:
            continue


@pytest.mark.holds("OPENNESS-1")
def test_nameless_words_wait_for_three_persons():
    circle = make_circle(3)
    one, two, three = circle.members
    circle.say(one, nameless(one, "a"), with_counsellor(circle, one))
    circle.say(one, nameless(one, "b"), with_counsellor(circle, one))
    circle.say(two, nameless(two, "c"), with_counsellor(circle, two))
    assert room_texts(circle, one) == []
    circle.say(three, nameless(three, "d"), with_counsellor(circle, three))
    assert sorted(room_texts(circle, one)) == ["a", "b", "c", "d"]


def test_a_heavy_post_is_held_for_the_counsellor_until_released():
    circle = make_circle(2)
    member = circle.members[0]
    held = circle.say(member, event := post(member, "aku udah nyiapin obatnya, ini malam terakhirku"))
    assert (held.state, held.signal) == ("held", True)
    assert room_texts(circle, circle.members[1]) == []
    release = HeldReleased(**stamp(circle.where), target=event.id, author=member.membership.uid)
    assert circle.say(circle.where, release).state == "kept"
    assert circle.say(circle.where, replace(release, id="0" * 32)).deliveries == ()
    assert room_texts(circle, circle.members[1]) == ["aku udah nyiapin obatnya, ini malam terakhirku"]


def test_a_guide_asks_once_and_the_author_may_go_on():
    circle = make_circle(2)
    member = circle.members[0]
    assert circle.say(member, event := post(member, "dasar cengeng")).state == "nudged"
    assert circle.say(member, event, insists=True).state == "kept"


@pytest.mark.parametrize(("text", "rule"), [("x" * 20_000, "TOO-LONG"), ("   ", "EMPTY")])
def test_it_says_why_it_refuses(text, rule):
    circle = make_circle(1)
    assert circle.say(circle.members[0], post(circle.members[0], text)).rule == rule


def test_only_the_author_withdraws_and_the_words_are_gone():
    circle = make_circle(2)
    one, two = circle.members
    circle.say(one, event := post(one, "terlalu banyak"))
    assert circle.say(two, Withdrawn(**stamp(two), target=event.id)).rule == "NOT-YOURS"
    assert circle.say(one, Withdrawn(**stamp(one), target=event.id)).state == "kept"
    assert room_texts(circle, two) == []


def test_a_late_joiner_opens_nothing_said_before():
    circle = make_circle(3, admitted=2)
    early, late = circle.members[0], circle.members[2]
    circle.say(early, post(early, "sebelum"))
    circle.admit(late)
    circle.say(early, post(early, "sesudah"))
    assert room_texts(circle, late) == ["sesudah"]
    assert room_texts(circle, early) == ["sebelum", "sesudah"]
    readable = [d.get("text") for e in SealedEvent.objects.all() for d in opens(e, every_key(circle.place(late)))]
    assert "sebelum" not in readable


def test_a_removed_member_keeps_no_key_and_cannot_write():
    circle = make_circle(2)
    stays, goes = circle.members
    old = circle.keys(goes)
    meeting.remove(circle.place(circle.where), goes.membership)
    circle.say(stays, post(stays, "tanpa dia"))
    assert circle.say(goes, post(goes, "masih bisa?"), old).rule == "NO-RIGHT"
    assert not Grant.objects.filter(recipient=goes.me.uid).exists()
    readable = [d.get("text") for e in SealedEvent.objects.all() for d in opens(e, old.room.keys.values())]
    assert "tanpa dia" not in readable


def test_leaving_stops_writing_until_the_counsellor_turned_the_keys():
    circle = make_circle(3)
    stays, goes = circle.members[0], circle.members[1]
    meeting.leave(circle.place(goes))
    assert circle.say(stays, post(stays, "halo")).rule == "KEYS-TURNING"
    meeting.turn_keys_if_due(circle.place(circle.where), circle.session)
    assert circle.say(stays, post(stays, "halo")).state == "kept"
    assert Membership.objects.get(pk=goes.membership.uid).state == "left"


def test_a_forged_or_unpinned_grant_is_refused():
    circle = make_circle(1)
    member = circle.place(circle.members[0])
    stranger = new_holder(new_uid())
    ring = Keyring.objects.get(kind="room", scope=circle.session.uid)
    Grant.objects.filter(keyring=ring, recipient=member.me.uid).delete()
    keyrings._store_grant(
        ring.uid, ring.epoch, keyrings.Secret(bytes(32)), member.me.holder.as_recipient(), stranger, "admit"
    )
    with pytest.raises(RefusedError):
        keyrings.open_keyring(ring, member.me.holder, member.pins)


def test_a_replayed_grant_and_a_swapped_public_half_are_refused():
    circle = make_circle(1)
    member = circle.place(circle.members[0])
    ring = Keyring.objects.get(kind="room", scope=circle.session.uid)
    Grant.objects.filter(keyring=ring).update(epoch=7)
    with pytest.raises(VaultError):
        keyrings.open_keyring(ring, member.me.holder, member.pins)
    drop = Keyring.objects.get(kind="counsellors", scope=circle.session.uid)
    Epoch.objects.filter(keyring=drop).update(public=new_holder("x").read.public)
    with pytest.raises(RefusedError):
        keyrings.open_keyring(drop, member.me.holder, member.pins)


def test_a_swapped_identity_or_an_old_roster_is_refused():
    circle = make_circle(1)
    member = circle.place(circle.members[0])
    from lingkar.groups import access, documents

    access.remember_newest(member)
    line = member.state.line(member.membership.uid)
    Identity.objects.filter(pk=line.person).update(read_public=new_holder("x").read.public)
    with pytest.raises(RefusedError):
        documents.recipient(line)
    ring = Keyring.objects.get(kind="group", scope=member.group.uid)
    SealedEvent.objects.filter(keyring=ring.uid, number=ring.last_number).delete()
    with pytest.raises(RefusedError):
        assert circle.place(member).state


@pytest.mark.parametrize("damage", ["edit", "delete", "reorder", "truncate"])
def test_the_ledger_notices(damage):
    circle = make_circle(2)
    where = circle.place(circle.where)
    head = chain.verify(where.group.uid, where.pins, None)
    entries = LedgerEntry.objects.filter(chain=where.group.uid)
    if damage == "edit":
        entries.filter(number=2).update(blob=b"x")
    elif damage == "delete":
        entries.filter(number=2).delete()
    elif damage == "reorder":
        entries.filter(number=2).update(number=99)
    else:
        entries.filter(number=head[0]).delete()
    with pytest.raises(chain.BrokenError):
        chain.verify(where.group.uid, where.pins, head)


def test_after_shredding_nothing_opens():
    circle = make_circle(1)
    circle.say(circle.members[0], post(circle.members[0], "nanti hilang"))
    ring = Keyring.objects.get(kind="room", scope=circle.session.uid)
    shred.shred(ring.uid)
    with pytest.raises(VaultError):
        circle.keys(circle.members[0])


def test_nothing_is_said_after_the_last_word():
    circle = make_circle(1)
    meeting.close(circle.place(circle.where), circle.session)
    circle.session.refresh_from_db()
    assert circle.keys(circle.members[0])
    assert circle.say(circle.members[0], post(circle.members[0], "terlambat")).rule == "NOT-OPEN"


@pytest.mark.parametrize("damage", ["the last row", "a row between", "replaced", "another seal", "no seal"])
def test_what_is_missing_from_a_closed_session_is_noticed(damage):
    circle, other = make_circle(2), make_circle(1)
    for number in range(3):
        circle.say(circle.members[0], post(circle.members[0], f"kata {number}"))
    for one in (circle, other):
        meeting.close(one.place(one.where), one.session)
        one.session.refresh_from_db()
    ring = circle.keys(circle.where).room.keyring
    kept = SealedEvent.objects.filter(keyring=ring).order_by("number")
    if damage == "the last row":
        kept.last().delete()
    elif damage == "a row between":
        kept[4].delete()
    elif damage == "replaced":
        SealedEvent.objects.filter(pk=kept.last().pk).update(blob=kept[0].blob)
    else:
        circle.session.seal = other.session.seal if damage == "another seal" else b""
        circle.session.save()
    with pytest.raises(VaultError):
        room_texts(circle, circle.members[1])


def test_a_nameless_word_is_taken_back_by_its_author_and_the_tombstone_names_nobody():
    circle = make_circle(3)
    notes = [nameless(member, f"dari {number}") for number, member in enumerate(circle.members)]
    for member, note in zip(circle.members, notes, strict=True):
        circle.say(member, note, with_counsellor(circle, member))
    one, two, _three = circle.members
    assert circle.say(two, Withdrawn(**stamp(two), target=notes[0].id)).rule == "NOT-YOURS"
    circle.say(one, Withdrawn(**stamp(one), target=notes[0].id))  # no counsellor is connected
    assert "dari 0" in room_texts(circle, two)
    circle.say(circle.where, BowlWanted(**stamp(circle.where)))
    circle.say(circle.where, BowlWanted(**stamp(circle.where)))
    assert sorted(room_texts(circle, two)) == ["dari 1", "dari 2"]
    tombstones = [event for event in room_events(circle, two) if isinstance(event, Withdrawn)]
    assert [event.by for event in tombstones] == [""]


def test_a_nameless_word_taken_back_before_it_came_out_never_comes_out():
    circle = make_circle(4)
    notes = [nameless(member, f"dari {number}") for number, member in enumerate(circle.members)]
    circle.say(circle.members[0], notes[0], with_counsellor(circle, circle.members[0]))
    circle.say(circle.members[0], Withdrawn(**stamp(circle.members[0]), target=notes[0].id))
    for member, note in zip(circle.members[1:], notes[1:], strict=True):
        circle.say(member, note, with_counsellor(circle, member))
    assert sorted(room_texts(circle, circle.where)) == ["dari 1", "dari 2", "dari 3"]


def test_an_ended_group_is_read_for_its_days_and_then_opens_for_nobody():
    circle = make_circle(2)
    circle.say(circle.members[0], post(circle.members[0], "yang terakhir"))
    lead = circle.place(circle.where)
    with pytest.raises(RefusedError):
        actions.end(lead)
    meeting.close(lead, circle.session)
    circle.session.refresh_from_db()
    actions.end(circle.place(circle.where))
    assert "yang terakhir" in room_texts(circle, circle.members[1])
    assert actions.shred_what_is_due() == 0
    group = circle.where.group
    Group.objects.filter(pk=group.pk).update(ended=timezone.localdate() - timedelta(days=group.retention_days))
    grants = list(Grant.objects.filter(recipient=circle.members[1].me.uid))
    assert actions.shred_what_is_due() == 1
    assert actions.shred_what_is_due() == 0
    assert not SealedEvent.objects.exists()
    Grant.objects.bulk_create(grants)  # a restored backup
    for ring in Keyring.objects.filter(scope=circle.session.uid):
        with pytest.raises(VaultError):
            assert keyrings.open_keyring(ring, circle.members[1].me.holder, circle.members[1].pins).keys or refuse()


def refuse():
    raise CannotOpenError("no key")
