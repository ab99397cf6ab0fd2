"""Invitations: link, short typed code, and what they open (security model, section 5; design, "The door key").

A link's fragment is the 128-bit secret and the counsellor's fingerprint; a typed code unwraps the same secret.
Neither opens anything but the one sheet.
"""

import base64
import secrets
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import F
from django.utils import timezone

from lingkar.accounts.throttle import PERMIT
from lingkar.groups.access import Place
from lingkar.groups.documents import Sheet
from lingkar.groups.models import Group, Invitation, Membership
from lingkar.vault import box, slots, suite
from lingkar.vault.box import SharedKey, prefixed
from lingkar.vault.errors import CannotOpenError, RefusedError
from lingkar.vault.holder import own_place
from lingkar.vault.models import Identity, new_uid
from lingkar.vault.secret import Secret

DAYS = 7
WRONG_TRIES = 10
SELECTOR_LETTERS, SECRET_LETTERS = 4, 10
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
FINGERPRINT_BYTES = 12


class NoInvitationError(Exception):
    """Unknown, used, expired or killed by wrong tries: one answer for all of them."""


@dataclass(frozen=True)
class Ticket:
    """An invitation as the counsellor may show it again: fragment for link and QR, code for typing."""

    uid: str
    purpose: str
    age: str
    fragment: str
    code: str
    last_day: str


@dataclass(frozen=True)
class Counsellor:
    """Who invited: uid and the public keys that the invitation's secret vouches for."""

    uid: str
    read_public: bytes
    sign_public: bytes


@dataclass(frozen=True)
class OpenDoor:
    """What an invitation opened. `is_answered`: by a guardian, who may only withdraw the consent now."""

    invitation: str
    secret: Secret
    sheet: Sheet
    counsellor: Counsellor
    is_answered: bool = False


def invite(
    where: Place, age: str, purpose: str = Invitation.Purpose.JOIN, membership: Membership | None = None
) -> Ticket:
    """A new invitation to this group: single use, seven days."""
    secret = Secret(suite.random_bytes(16))
    uid, letters, selector = new_uid(), _letters(SECRET_LETTERS), _free_selector()
    salt = suite.random_bytes(16)
    with PERMIT.held(known_device=True):
        root = suite.stretch(letters, salt, slots.MEMORY_KIB, slots.ITERATIONS)
    invitation = Invitation(
        uid=uid,
        group=where.group,
        membership=membership,
        purpose=purpose,
        age=age,
        lookup=_lookup(secret),
        selector=selector,
        code_salt=salt,
        code_verifier=suite.sha256(suite.derive(root, f"code/auth/{uid}").reveal()),
        code_wrap=suite.encrypt(suite.derive(root, f"code/kek/{uid}"), secret.reveal(), prefixed("code", uid)),
        sheet_wrap=_wrap_sheet(where, secret, uid),
        last_day=timezone.localdate() + timedelta(days=DAYS),
    )
    kept = {"secret": secret.reveal().hex(), "letters": letters, "purpose": str(purpose)}
    invitation.kept_secret = where.me.holder.own.seal(kept, _kept_place(where.me.uid, uid))
    invitation.save(force_insert=True)
    return _ticket(where, invitation, secret, letters)


def tickets(where: Place, uids: list[str]) -> list[Ticket]:
    """Open invitations of mine, to show or print again."""
    found = where.group.invitations.filter(uid__in=uids, used=False).order_by("selector")
    shown = []
    for invitation in found:
        kept = _kept(where, invitation.uid)
        shown.append(_ticket(where, invitation, Secret(bytes.fromhex(kept["secret"])), kept["letters"]))
    return shown


def kept_secret(where: Place, uid: str) -> str:
    """The secret of one of my invitations as hex, as an applicant must know it. Raises `CannotOpenError`."""
    return str(_kept(where, uid)["secret"])


def kept_purpose(where: Place, uid: str) -> str:
    """What I made it for, told by my own sealed note and not by the table."""
    return str(_kept(where, uid).get("purpose", Invitation.Purpose.JOIN))


def _kept(where: Place, uid: str) -> box.Document:
    invitation = where.group.invitations.get(pk=uid)
    return where.me.holder.own.open(bytes(invitation.kept_secret), _kept_place(where.me.uid, uid))


def open_fragment(fragment: str) -> OpenDoor:
    """From a link or QR. Raises `NoInvitationError`."""
    try:
        raw = base64.urlsafe_b64decode(fragment + "=" * (-len(fragment) % 4))
    except ValueError as error:
        raise NoInvitationError from error
    secret, fingerprint = Secret(raw[:16]), raw[16:]
    lookup = _lookup(secret)
    door = _open(_answered(lookup) or _usable(lookup=lookup), secret)
    if not suite.same(fingerprint, _fingerprint(door.counsellor.sign_public)):
        raise NoInvitationError
    return door


def open_code(code: str) -> OpenDoor:
    """From a typed code; ten wrong tries kill it. Raises `NoInvitationError`, `BusyError`."""
    letters = code.upper().replace("-", "").replace(" ", "")
    selector, typed = letters[:SELECTOR_LETTERS], letters[SELECTOR_LETTERS:]
    if len(letters) != SELECTOR_LETTERS + SECRET_LETTERS or not letters.isascii():
        raise NoInvitationError
    invitation = Invitation.objects.filter(selector=selector, used=False).first()
    salt = bytes(invitation.code_salt) if invitation else bytes(16)
    if invitation:
        reserved = Invitation.objects.filter(pk=invitation.pk, wrong_tries__lt=WRONG_TRIES)
        if not reserved.update(wrong_tries=F("wrong_tries") + 1):
            raise NoInvitationError
    with PERMIT.held(known_device=False):
        root = suite.stretch(typed, salt, slots.MEMORY_KIB, slots.ITERATIONS)
    if invitation is None:
        raise NoInvitationError
    verifier = suite.sha256(suite.derive(root, f"code/auth/{invitation.uid}").reveal())
    if not suite.same(verifier, bytes(invitation.code_verifier)):
        raise NoInvitationError
    Invitation.objects.filter(pk=invitation.pk).update(wrong_tries=F("wrong_tries") - 1)
    wrap = suite.derive(root, f"code/kek/{invitation.uid}")
    secret = Secret(suite.decrypt(wrap, bytes(invitation.code_wrap), prefixed("code", invitation.uid)))
    return _open(_usable(uid=invitation.uid), secret)


def use(uid: str) -> Invitation:
    """Mark as used, also in a race; call inside the transaction of what it allows. Raises `NoInvitationError`."""
    if not Invitation.objects.filter(pk=uid, used=False, last_day__gte=timezone.localdate()).update(used=True):
        raise NoInvitationError
    return Invitation.objects.select_related("group", "membership").get(pk=uid)


def write_door_sheet(group: Group, sheet: Sheet, sheet_key: str) -> None:
    """Seal the one sheet that invitations open."""
    key = SharedKey(Secret(bytes.fromhex(sheet_key)))
    group.door_sheet = key.seal({"sheet": sheet.__dict__}, _sheet_place(group.uid))
    group.save(update_fields=["door_sheet"])


def withdraw(where: Place, uid: str) -> None:
    where.group.invitations.filter(pk=uid).update(used=True)


def _usable(**which: str) -> Invitation:
    found = (
        Invitation.objects.select_related("group")
        .filter(**which, used=False, wrong_tries__lt=WRONG_TRIES, last_day__gte=timezone.localdate())
        .filter(group__state=Group.State.ACTIVE)
        .first()
    )
    if found is None:
        raise NoInvitationError
    return found


def _answered(lookup: str) -> Invitation | None:
    """The link with which a guardian agreed opens again, for as long as there is something to withdraw."""
    return (
        Invitation.objects.select_related("group")
        .filter(lookup=lookup, used=True, purpose=Invitation.Purpose.GUARDIAN)
        .filter(membership__consent__in=Membership.GUARDED, group__state__in=Group.READABLE)
        .first()
    )


def _open(invitation: Invitation, secret: Secret) -> OpenDoor:
    try:
        key = SharedKey(suite.derive(secret, f"door/{invitation.uid}"))
        wrapped = key.open(bytes(invitation.sheet_wrap), _wrap_place(invitation.uid))
        sheet_key = SharedKey(Secret(bytes.fromhex(wrapped["sheet_key"])))
        sheet = sheet_key.open(bytes(invitation.group.door_sheet), _sheet_place(invitation.group_id))["sheet"]
    except CannotOpenError as error:
        raise NoInvitationError from error
    counsellor = Counsellor(wrapped["counsellor"], bytes.fromhex(wrapped["read"]), bytes.fromhex(wrapped["sign"]))
    _check_identity(counsellor)
    return OpenDoor(invitation.uid, secret, Sheet.from_document(sheet), counsellor, invitation.used)


def _check_identity(counsellor: Counsellor) -> None:
    identity = Identity.objects.filter(pk=counsellor.uid).first()
    if identity is None or bytes(identity.read_public) != counsellor.read_public:
        raise RefusedError("another key")


def _wrap_sheet(where: Place, secret: Secret, uid: str) -> bytes:
    holder = where.me.holder
    document = {
        "sheet_key": where.state.sheet_key,
        "counsellor": holder.uid,
        "read": holder.read.public.hex(),
        "sign": holder.signing.public.hex(),
    }
    return SharedKey(suite.derive(secret, f"door/{uid}")).seal(document, _wrap_place(uid))


def _ticket(where: Place, invitation: Invitation, secret: Secret, letters: str) -> Ticket:
    raw = secret.reveal() + _fingerprint(where.me.holder.signing.public)
    typed = invitation.selector + letters
    return Ticket(
        uid=invitation.uid,
        purpose=invitation.purpose,
        age=invitation.age,
        fragment=base64.urlsafe_b64encode(raw).decode().rstrip("="),
        code=f"{typed[:4]}-{typed[4:9]}-{typed[9:]}",
        last_day=invitation.last_day.isoformat(),
    )


def _letters(count: int) -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(count))


def _free_selector() -> str:
    while True:
        selector = _letters(SELECTOR_LETTERS)
        if not Invitation.objects.filter(selector=selector).exists():
            return selector


def _lookup(secret: Secret) -> str:
    return suite.sha256(suite.derive(secret, "invitation/lookup").reveal()).hex()


def _fingerprint(sign_public: bytes) -> bytes:
    return suite.sha256(b"fingerprint" + sign_public)[:FINGERPRINT_BYTES]


def _wrap_place(uid: str) -> box.Place:
    return box.Place("invitation", "sheet", "door", 0, uid, 0)


def _sheet_place(group: str) -> box.Place:
    return box.Place("group", "door_sheet", "door", 0, group, 0)


def _kept_place(person: str, uid: str) -> box.Place:
    return own_place(person, f"invitation/{uid}")
