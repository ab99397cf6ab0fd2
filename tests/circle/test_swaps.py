"""Whoever can read or write the tables: nothing opens, nothing moves unnoticed. One row here for each sealed column."""

import contextlib
import itertools
import sqlite3

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models

from lingkar.accounts import sessions, signin
from lingkar.accounts.models import Role
from lingkar.circle import meeting
from lingkar.groups import access, actions, documents, invitations, rows
from lingkar.groups.invitations import NoInvitationError
from lingkar.groups.models import Group, Invitation, Membership, SealedEvent
from lingkar.ledger import chain
from lingkar.ledger.models import LedgerEntry
from lingkar.vault import box, keybook, keyrings, slots, suite
from lingkar.vault.errors import CannotOpenError, VaultError
from lingkar.vault.models import Epoch, Identity, Keyring, Slot
from lingkar.vault.secret import Secret
from tests.cast import RIGHT, Circle, make_circle, make_person, post, whisper

pytestmark = pytest.mark.django_db
CHAIN_ONLY = {"Keyring.head"}  # the next row's "previous" starts from it; a closed session's seal covers it


class World:
    """Two groups with everything in them, and the secrets their people know."""

    def __init__(self) -> None:
        self.passphrase = "kuda hujan meja padi roti"
        self.circles = [make_circle(2), make_circle(2)]
        self.tickets = []
        for circle in self.circles:
            circle.say(circle.members[0], post(circle.members[0], "satu"))
            circle.say(circle.members[1], whisper(circle.members[1], "dua"))
            where = circle.place(circle.where)
            self.tickets.append(invitations.invite(where, "adult"))
            self.child(where)
            meeting.close(where, circle.session)
            circle.session.refresh_from_db()
        self.people = [self.person() for _ in range(2)]

    def child(self, where) -> None:
        door = invitations.open_fragment(invitations.invite(where, "under_17").fragment)
        child = make_person()
        membership = actions.apply(door, child.person, child.holder, "Rumi", RIGHT)
        link = invitations.invite(where, "adult", Invitation.Purpose.GUARDIAN, membership)
        actions.guardian_answers(invitations.open_fragment(link.fragment), agrees=True, name="Ibu Rumi")

    def person(self):
        person, _holder, code = signin.register(signin.free_login(), self.passphrase, Role.MEMBER, None)
        return person, code

    def open_everything(self) -> None:
        """As the product does it. Raises for whatever does not hold."""
        for person, code in self.people:
            identity = Identity.objects.get(pk=person.pk)
            keybook.read(identity, slots.open_with_passphrase(identity, self.passphrase))
            slots.open_with_recovery(identity, code)
        for circle, ticket in zip(self.circles, self.tickets, strict=True):
            Invitation.objects.update(wrong_tries=0)
            invitations.open_fragment(ticket.fragment)
            invitations.open_code(ticket.code)
            where = circle.place(circle.where)
            invitations.tickets(where, [ticket.uid])
            for membership in where.group.memberships.filter(state=Membership.State.APPLIED):
                actions.read_application(where, membership)
                actions.read_consent(where, membership)
            for who in (circle.where, *circle.members):
                self.read(circle, who)

    def used(self, model) -> dict[str, object]:
        """Which rows of a table the world opens, where it does not open all of them."""
        if model is Invitation:
            return {"uid": self.tickets[0].uid}
        if model is Epoch:
            return {"keyring__kind": "counsellors", "keyring__scope": self.circles[0].session.uid}
        if model is Identity:
            return {"uid__in": [self.circles[0].where.me.uid, self.circles[0].members[0].me.uid]}
        if model is Slot:
            return {"identity__in": [person.pk for person, _code in self.people]}
        return {}

    def read(self, circle: Circle, who) -> None:
        circle.session.refresh_from_db()
        where = circle.place(who)
        access.remember_newest(where)
        chain.verify(where.group.uid, where.pins, None)
        chain.read(where.group.uid, where.opened)
        rows.read(where.opened)
        for ring in Keyring.objects.filter(scope=where.group.uid):
            opened = keyrings.open_keyring(ring, where.me.holder, where.pins)
            rows.read(opened)
        for line in where.state.roster:
            documents.recipient(line)
        keys = circle.keys(who)
        for opened in (keys.room, keys.counsellors, keys.author):
            if opened.keys:
                rows.read(opened)


def sealed_columns() -> list[tuple[type[models.Model], str]]:
    return [
        (model, field.name)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, models.BinaryField)
    ]


REFUSALS = (VaultError, NoInvitationError, ValueError, KeyError, Identity.DoesNotExist)


def test_every_column_refuses_a_flipped_bit_a_cut_and_every_other_blob_of_the_system():
    world = World()
    world.open_everything()
    unnoticed = []
    for model, name in sealed_columns():
        label = f"{model.__name__}.{name}"
        row = model._default_manager.exclude(**{name: b""}).filter(**world.used(model)).order_by("pk").first()
        assert row, f"nothing in {label}: add it to the world"
        if label in CHAIN_ONLY:
            continue
        good = bytes(getattr(row, name))
        for kind, bad in damages(model, row, name, good):
            model._default_manager.filter(pk=row.pk).update(**{name: bad})
            with contextlib.suppress(*REFUSALS):
                world.open_everything()
                unnoticed.append((label, kind))
        model._default_manager.filter(pk=row.pk).update(**{name: good})
    world.open_everything()
    assert not unnoticed, "\n".join(map(str, unnoticed))


def damages(model, row, name: str, good: bytes):
    yield "first bit", bytes([good[0] ^ 1]) + good[1:]
    yield "last bit", good[:-1] + bytes([good[-1] ^ 1])
    yield "cut", good[: len(good) // 2]
    for other in model._default_manager.exclude(pk=row.pk).exclude(**{name: b""}).order_by("pk")[:3]:
        blob = bytes(getattr(other, name))
        if blob != good:
            yield "another row's", blob
    for foreign, field in (("vault.Slot", "blob"), ("groups.SealedEvent", "blob"), ("ledger.LedgerEntry", "blob")):
        found = apps.get_model(foreign)._default_manager.exclude(**{field: b""}).order_by("-pk").first()
        if (apps.get_model(foreign), field) != (model, name):
            yield f"{foreign}'s", bytes(getattr(found, field))


def test_a_thief_with_database_shred_store_and_every_server_secret_opens_nothing():
    World()
    secrets = [
        bytes.fromhex(settings.SECRET_KEY), settings.VAULT_SECRETS.pepper.reveal(),
        settings.VAULT_SECRETS.names.reveal(), bytes(32),
    ]  # fmt: skip
    with sqlite3.connect(settings.SHRED_STORE) as store:
        shredded = {(ring, epoch): secret for ring, epoch, secret in store.execute("SELECT * FROM shred")}
    store.close()
    guesses = [Secret(secret) for secret in (*secrets, *list(shredded.values()))]
    tries = 0
    for event in SealedEvent.objects.exclude(blob=b""):
        place = rows.row_place(event.keyring, event.epoch, event.uid, event.number)
        tries += refused(bytes(event.blob), place, [*guesses, *mixed(guesses[:4], event, shredded)])
    for entry in LedgerEntry.objects.all():
        place = box.Place("ledger", "entry", entry.keyring, entry.epoch, entry.chain, entry.number)
        tries += refused(bytes(entry.blob), place, guesses)
    for group in Group.objects.all():
        tries += refused(bytes(group.door_sheet), box.Place("group", "door_sheet", "door", 0, group.uid, 0), guesses)
    assert tries > 1000
    for slot in Slot.objects.all():
        with pytest.raises(VaultError):
            slots.open_with_passphrase(slot.identity, "0" * 20)


def mixed(secrets: list[Secret], event: SealedEvent, shredded: dict) -> list[Secret]:
    """What a content key would be if a server secret were the granted half."""
    salt = shredded.get((event.keyring, event.epoch), bytes(32))
    return [suite.derive(secret, f"content/{event.keyring}/{event.epoch}", salt=salt) for secret in secrets]


def refused(blob: bytes, place: box.Place, guesses: list[Secret]) -> int:
    for guess, kind in itertools.product(guesses, (box.SharedKey, box.DropKey)):
        with pytest.raises(CannotOpenError):
            kind(guess).open(blob, place)
    return len(guesses) * 2


def test_with_a_members_passphrase_the_same_tables_do_open():
    """The control for the thief: the words are there, and one right secret reads them."""
    circle = make_circle(1)
    circle.say(circle.members[0], post(circle.members[0], "satu"))
    opened = circle.keys(circle.members[0]).room
    assert any(row.document["kind"] == "Post" for row in rows.read(opened) if row.document)


def test_a_stolen_record_opens_with_no_other_cookie_and_not_after_a_restart(monkeypatch):
    one, two = make_person(), make_person()
    token, key = sessions.begin(one.holder, 600)
    other_token, other_key = sessions.begin(two.holder, 600)
    assert sessions.unlock(token, key).uid == one.uid
    assert sessions.unlock(token, other_key) is None
    assert sessions.unlock(other_token, key) is None
    records = sessions.STORE._records
    first, second = sessions._hash(token), sessions._hash(other_token)
    records[first], records[second] = records[second], records[first]
    assert sessions.unlock(token, key) is None
    records[first], records[second] = records[second], records[first]
    assert sessions.unlock(token, key).uid == one.uid
    monkeypatch.setattr(sessions, "_BOOT", Secret(bytes(32)))
    assert sessions.unlock(token, key) is None
    sessions.STORE.clear()


@pytest.mark.parametrize("change", [{"number": 99}, {"epoch": 2}, {"keyring": "0" * 32}])
def test_a_row_moved_by_number_epoch_or_keyring_is_noticed(change):
    circle = make_circle(2)
    for text in ("satu", "dua"):
        circle.say(circle.members[0], post(circle.members[0], text))
    opened = circle.keys(circle.where).room
    middle = SealedEvent.objects.filter(keyring=opened.keyring).order_by("-number")[1]
    SealedEvent.objects.filter(pk=middle.pk).update(**change)
    with pytest.raises(VaultError):
        rows.read(opened)
