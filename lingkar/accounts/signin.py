"""Registering, signing in, recovering: what happens to slots, codes and sessions. No request, no page."""

import secrets
import time
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from lingkar.accounts import sessions, words
from lingkar.accounts.models import ConsoleCode, KnownDevice, Person, Role
from lingkar.accounts.throttle import DELAY, PERMIT
from lingkar.vault import keybook, slots, suite
from lingkar.vault.errors import VaultError
from lingkar.vault.holder import KeyHolder, new_holder
from lingkar.vault.models import Identity, new_uid
from lingkar.vault.secret import Secret

CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LETTERS = 12
TOTP_BYTES = 20


class WrongError(Exception):
    """The one answer to every wrong name, passphrase or code."""


@dataclass(frozen=True)
class Entry:
    """Somebody who just came in: their keys and the two cookie values."""

    person: Person
    holder: KeyHolder
    token: str
    cookie_key: str


def login_hash(login: str) -> str:
    """Keyed hash of the normalised login name."""
    return suite.keyed_hash(settings.VAULT_SECRETS.names, words.normalise_login(login).encode()).hex()


def new_console_code() -> str:
    """A one-time counsellor code; only its hash is kept."""
    letters = "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LETTERS))
    ConsoleCode.objects.create(code_hash=_code_hash(letters), made=timezone.localdate())
    return "-".join(letters[start : start + 4] for start in range(0, CODE_LETTERS, 4))


def console_code_is_good(code: str) -> bool:
    return ConsoleCode.objects.filter(code_hash=_code_hash(code), used=False).exists()


def use_console_code(code: str) -> None:
    """Single use, also in a race. Raises `WrongError`."""
    if ConsoleCode.objects.filter(code_hash=_code_hash(code), used=False).update(used=True) != 1:
        raise WrongError


def _code_hash(code: str) -> str:
    letters = code.upper().replace("-", "").replace(" ", "")
    return suite.sha256(f"console/{letters}".encode()).hex()


def free_login() -> str:
    """A made login name that nobody has."""
    while True:
        login = words.new_login()
        if not login_is_taken(login):
            return login


def register(login: str, passphrase: str, role: Role, totp: Secret | None = None) -> tuple[Person, KeyHolder, str]:
    """A new person with SEED, slots and keybook; the recovery code is returned once and kept nowhere."""
    holder = new_holder(new_uid())
    code = slots.new_recovery_code()
    with PERMIT.held(known_device=True):
        passphrase_slot = slots.passphrase_slot(holder, words.normalise_passphrase(passphrase))
    book = keybook.Keybook(names={"login": words.normalise_login(login)})
    if totp:
        book.settings["totp"] = totp.reveal().hex()
    with transaction.atomic():
        identity = holder.identity()
        identity.save(force_insert=True)
        slots.put(passphrase_slot)
        slots.put(slots.recovery_slot(holder, code))
        keybook.write(identity, holder, book)
        person = Person.objects.create(
            identity=identity,
            login_hash=login_hash(login),
            role=role,
            leads_installation=role == Role.COUNSELLOR and not Person.objects.filter(leads_installation=True).exists(),
        )
    return person, holder, code


def sign_in(login: str, passphrase: str, totp: str, device: str) -> Entry:
    """Raises `WrongError`, `TooSoonError`, `BusyError`. One reply, one cost, for known and unknown names."""
    person = Person.objects.filter(login_hash=login_hash(login)).select_related("identity").first()
    known = is_known_device(person, device)
    lane = f"{login_hash(login)}/{device if known else ''}"
    DELAY.reserve(lane)
    with PERMIT.held(known_device=known):
        try:
            identity = person.identity if person else None
            holder = slots.open_with_passphrase(identity, words.normalise_passphrase(passphrase))
        except VaultError as error:
            raise WrongError from error
    if person is None or not _second_factor_is_right(person, holder, totp):
        raise WrongError
    DELAY.succeed(lane)
    return enter(person, holder)


def recover(login: str, code: str, totp: str, new_passphrase: str) -> tuple[Entry, str]:
    """A recovery code gives the SEED back, a new passphrase and a new code; it does not replace the second factor.

    Raises `WrongError`, `TooSoonError`, `BusyError`.
    """
    person = Person.objects.filter(login_hash=login_hash(login)).select_related("identity").first()
    lane = f"{login_hash(login)}/recovery"
    DELAY.reserve(lane)
    try:
        holder = slots.open_with_recovery(person.identity if person else None, code)
    except VaultError as error:
        raise WrongError from error
    if person is None or not _second_factor_is_right(person, holder, totp):
        raise WrongError
    DELAY.succeed(lane)
    fresh = renew(holder, new_passphrase)
    return enter(person, holder), fresh


def renew(holder: KeyHolder, new_passphrase: str) -> str:
    """New passphrase and new recovery code for an unlocked person; ends all their sessions. The code."""
    code = slots.new_recovery_code()
    with PERMIT.held(known_device=True):
        slot = slots.passphrase_slot(holder, words.normalise_passphrase(new_passphrase))
    with transaction.atomic():
        slots.put(slot)
        slots.put(slots.recovery_slot(holder, code))
        KnownDevice.objects.filter(person_id=holder.uid).delete()
    sessions.STORE.drop_person(holder.uid)
    return code


def change_passphrase(person: Person, old: str, new: str, keep_session: str) -> None:
    """Needs the old one. Ends other sessions, forgets known devices.

    Raises `WrongError`, `TooSoonError`, `BusyError`.
    """
    lane = f"{person.login_hash}/change"
    DELAY.reserve(lane)
    with PERMIT.held(known_device=True):
        try:
            holder = slots.open_with_passphrase(person.identity, words.normalise_passphrase(old))
        except VaultError as error:
            raise WrongError from error
        slot = slots.passphrase_slot(holder, words.normalise_passphrase(new))
    DELAY.succeed(lane)
    slots.put(slot)
    KnownDevice.objects.filter(person=person).delete()
    sessions.STORE.drop_person(person.pk, keep=keep_session)


def new_recovery(person: Person, holder: KeyHolder, passphrase: str) -> str:
    """A new recovery code after the passphrase was given again. Raises `WrongError`, `TooSoonError`, `BusyError`."""
    lane = f"{person.login_hash}/change"
    DELAY.reserve(lane)
    with PERMIT.held(known_device=True):
        try:
            slots.open_with_passphrase(person.identity, words.normalise_passphrase(passphrase))
        except VaultError as error:
            raise WrongError from error
    DELAY.succeed(lane)
    code = slots.new_recovery_code()
    slots.put(slots.recovery_slot(holder, code))
    return code


def enter(person: Person, holder: KeyHolder) -> Entry:
    """Begin a session; any earlier one of this person ends."""
    sessions.STORE.drop_person(person.pk)
    idle = sessions.idle_seconds(is_counsellor=person.is_counsellor)
    return Entry(person, holder, *sessions.begin(holder, idle))


def is_known_device(person: Person | None, device: str) -> bool:
    if person is None or not device:
        return False
    return person.devices.filter(token_hash=suite.sha256(device.encode()).hex()).exists()


def remember_device(person: Person) -> str:
    """A new device token; only its hash is kept."""
    token = secrets.token_urlsafe(24)
    KnownDevice.objects.create(person=person, token_hash=suite.sha256(token.encode()).hex())
    return token


def _second_factor_is_right(person: Person, holder: KeyHolder, code: str) -> bool:
    """Staff always; each six-digit code counts once. The demo's made-up counsellor has none."""
    if not person.is_counsellor:
        return True
    with transaction.atomic():
        identity = Identity.objects.select_for_update().get(pk=person.pk)
        book = keybook.read(identity, holder)
        if settings.DEMO and "totp" not in book.settings:
            return True
        secret = Secret(bytes.fromhex(book.settings["totp"]))
        step = suite.totp_step(secret, code.replace(" ", ""), time.time())
        if step is None or step <= book.settings.get("totp_step", 0):
            return False
        book.settings["totp_step"] = step
        keybook.write(identity, holder, book)
    return True


def login_is_taken(login: str) -> bool:
    return Person.objects.filter(login_hash=login_hash(login)).exists()
