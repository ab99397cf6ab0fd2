"""Passphrase and recovery code: the two ways to a SEED (security model, sections 2, 3 and 5)."""

from dataclasses import dataclass

from django.conf import settings

from lingkar.vault import suite
from lingkar.vault.box import prefixed
from lingkar.vault.errors import CannotOpenError, RefusedError
from lingkar.vault.holder import KeyHolder, recipient_of
from lingkar.vault.models import Identity, Slot, new_uid
from lingkar.vault.secret import Secret

PASSPHRASE = "passphrase"  # noqa: S105 - the name of a kind of slot
RECOVERY = "recovery"
MEMORY_KIB = 64 * 1024
ITERATIONS = 3
MEMORY_FLOOR_KIB, MEMORY_CEILING_KIB = 46 * 1024, 256 * 1024
ITERATIONS_FLOOR, ITERATIONS_CEILING = 2, 8
RECOVERY_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
RECOVERY_LETTERS = 26


@dataclass(frozen=True)
class _Branches:
    verifier: bytes
    wrapping: Secret


def _branches(root: Secret, slot_uid: str) -> _Branches:
    """One stretched root, two uses: what the server compares, and what opens the seed."""
    pepper = settings.VAULT_SECRETS.pepper
    peppered = suite.derive(root, f"slot/auth/{slot_uid}", salt=pepper.reveal())
    return _Branches(suite.sha256(peppered.reveal()), suite.derive(root, f"slot/kek/{slot_uid}", salt=pepper.reveal()))


def _recovery_branches(code: str, slot_uid: str) -> _Branches:
    """Without pepper: losing the server's secrets must lose nobody who kept their code."""
    root = Secret(_recovery_bytes(code))
    return _Branches(
        suite.sha256(suite.derive(root, f"recovery/auth/{slot_uid}").reveal()),
        suite.derive(root, f"recovery/kek/{slot_uid}"),
    )


def _aad(identity_uid: str, kind: str, uid: str, generation: int) -> bytes:
    return prefixed("lk1", str(suite.SUITE), "slot", identity_uid, kind, uid, str(generation))


def passphrase_slot(holder: KeyHolder, passphrase: str) -> Slot:
    """An unsaved slot; one Argon2id run."""
    uid, salt = new_uid(), suite.random_bytes(16)
    branches = _branches(suite.stretch(passphrase, salt, MEMORY_KIB, ITERATIONS), uid)
    slot = _slot(holder, PASSPHRASE, uid, branches)
    slot.salt, slot.memory_kib, slot.iterations = salt, MEMORY_KIB, ITERATIONS
    slot.pepper = settings.VAULT_SECRETS.pepper_id
    return slot


def recovery_slot(holder: KeyHolder, code: str) -> Slot:
    """An unsaved slot for a code made by `new_recovery_code`."""
    uid = new_uid()
    return _slot(holder, RECOVERY, uid, _recovery_branches(code, uid))


def _slot(holder: KeyHolder, kind: str, uid: str, branches: _Branches) -> Slot:
    aad = _aad(holder.uid, kind, uid, holder.generation)
    return Slot(
        uid=uid,
        identity_id=holder.uid,
        kind=kind,
        generation=holder.generation,
        salt=b"",
        verifier=branches.verifier,
        blob=suite.encrypt(branches.wrapping, holder.seed.reveal(), aad),
    )


def put(slot: Slot) -> None:
    """Store a slot in place of the earlier one of its kind."""
    Slot.objects.filter(identity_id=slot.identity_id, kind=slot.kind).delete()
    slot.save(force_insert=True)


def open_with_passphrase(identity: Identity | None, passphrase: str) -> KeyHolder:
    """One Argon2id run, for a known and an unknown identity alike. Raises `RefusedError` or `CannotOpenError`."""
    slot = identity.slots.filter(kind=PASSPHRASE).first() if identity else None
    if identity is None or slot is None:
        suite.stretch(passphrase, bytes(16), MEMORY_KIB, ITERATIONS)
        raise RefusedError("no")
    within = (
        MEMORY_FLOOR_KIB <= slot.memory_kib <= MEMORY_CEILING_KIB
        and ITERATIONS_FLOOR <= slot.iterations <= ITERATIONS_CEILING
    )
    if not within:
        raise RefusedError("parameters refused")
    root = suite.stretch(passphrase, bytes(slot.salt), slot.memory_kib, slot.iterations)
    return _opened(identity, slot, _branches(root, slot.uid))


def open_with_recovery(identity: Identity | None, code: str) -> KeyHolder:
    """No Argon2id: the code has 128 bits. Raises `RefusedError` or `CannotOpenError`."""
    slot = identity.slots.filter(kind=RECOVERY).first() if identity else None
    if identity is None or slot is None:
        raise RefusedError("no")
    return _opened(identity, slot, _recovery_branches(code, slot.uid))


def _opened(identity: Identity, slot: Slot, branches: _Branches) -> KeyHolder:
    if not suite.same(bytes(slot.verifier), branches.verifier):
        raise RefusedError("no")
    aad = _aad(identity.uid, slot.kind, slot.uid, slot.generation)
    seed = suite.decrypt(branches.wrapping, bytes(slot.blob), aad)
    holder = KeyHolder(identity.uid, slot.generation, Secret(seed))
    if recipient_of(identity) != holder.as_recipient():
        raise CannotOpenError("cannot be opened")
    return holder


def new_recovery_code() -> str:
    """128 bits as 26 Crockford letters and a check letter, in groups of four (the last has three)."""
    number = int.from_bytes(suite.random_bytes(16), "big")
    letters = ""
    for _ in range(RECOVERY_LETTERS):
        number, index = divmod(number, 32)
        letters = RECOVERY_ALPHABET[index] + letters
    letters += _check_letter(letters)
    return "-".join(letters[start : start + 4] for start in range(0, len(letters), 4))


def _check_letter(letters: str) -> str:
    return RECOVERY_ALPHABET[suite.sha256(letters.encode())[0] % 32]


def _recovery_bytes(code: str) -> bytes:
    """Raises `RefusedError` for anything that is not a recovery code (a slip of the pen included)."""
    letters = code.upper().replace("-", "").replace(" ", "").translate(str.maketrans("OIL", "011"))
    well_formed = len(letters) == RECOVERY_LETTERS + 1 and all(letter in RECOVERY_ALPHABET for letter in letters)
    if not well_formed or letters[-1] != _check_letter(letters[:-1]):
        raise RefusedError("not a code")
    number = 0
    for letter in letters[:-1]:
        number = number * 32 + RECOVERY_ALPHABET.index(letter)
    return (number % 2**128).to_bytes(16, "big")
