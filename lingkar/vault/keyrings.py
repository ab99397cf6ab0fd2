"""Keyrings, epochs and signed grants: who can open what, decided by keys and not by checks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lingkar.vault import shred, suite
from lingkar.vault.box import DropKey, DropLock, Key, Lock, Place, SharedKey, prefixed
from lingkar.vault.errors import RefusedError
from lingkar.vault.holder import KeyHolder, Recipient
from lingkar.vault.models import Epoch, Grant, Keyring
from lingkar.vault.secret import Secret

GROUP, ROOM, COUNSELLORS, AUTHOR, ALERT = "group", "room", "counsellors", "author", "alert"
DROP_KINDS = frozenset({COUNSELLORS, ALERT})

type Pins = Mapping[str, bytes]
"""Granter uid -> the Ed25519 public key this reader has pinned for them."""


@dataclass(frozen=True)
class Opened:
    """The epochs of one keyring that somebody can open, newest epoch's lock for writing."""

    keyring: str
    keys: Mapping[int, Key]
    epoch: int
    lock: Lock | None


def content_key(kind: str, secret: Secret, keyring: str, epoch: int) -> Key:
    """The key of an epoch: its random secret and the shred secret together. Raises `ShreddedError`."""
    mixed = suite.derive(secret, f"content/{keyring}/{epoch}", salt=shred.secret(keyring, epoch))
    return DropKey(mixed) if kind in DROP_KINDS else SharedKey(mixed)


def create(kind: str, scope: str, granter: KeyHolder, readers: Iterable[Recipient]) -> Keyring:
    """A keyring with its first epoch, granted to `readers`."""
    keyring = Keyring.objects.create(kind=kind, scope=scope)
    new_epoch(keyring, granter, readers, "made")
    return keyring


def new_epoch(keyring: Keyring, granter: KeyHolder, readers: Iterable[Recipient], reason: str) -> int:
    """Make the next key and grant it; whoever is not among `readers` cannot open what follows. Its number."""
    secret = Secret(suite.random_bytes(32))
    number = keyring.epoch + 1
    shred.create(keyring.uid, number)
    key = content_key(keyring.kind, secret, keyring.uid, number)
    public = key.lock.public if isinstance(key, DropKey) else b""
    first = keyring.last_number + 1
    Epoch.objects.create(
        keyring=keyring,
        number=number,
        first_number=first,
        public=public,
        signer=granter.uid,
        signature=granter.signing.sign("epoch", _epoch_message(keyring.uid, number, first, public)),
    )
    keyring.epoch, keyring.rotation_due = number, False
    keyring.save(update_fields=["epoch", "rotation_due"])
    for reader in readers:
        _store_grant(keyring.uid, number, secret, reader, granter, reason)
    return number


def extend(keyring: Keyring, epoch: int, granter: KeyHolder, reader: Recipient, reason: str, pins: Pins) -> None:
    """Grant an epoch that `granter` can open to one more reader. Raises `RefusedError`, `CannotOpenError`."""
    grant = Grant.objects.filter(keyring=keyring, epoch=epoch, recipient=granter.uid).first()
    if grant is None:
        raise RefusedError("no grant")
    _store_grant(keyring.uid, epoch, _granted_secret(grant, granter, pins), reader, granter, reason)


def revoke(keyrings: Iterable[str], recipient: str) -> None:
    """Delete somebody's grants."""
    Grant.objects.filter(keyring_id__in=list(keyrings), recipient=recipient).delete()


def open_keyring(keyring: Keyring, holder: KeyHolder, pins: Pins) -> Opened:
    """Every epoch that `holder` has a good grant for. Raises `RefusedError` for one that is not."""
    keys = {
        grant.epoch: content_key(keyring.kind, _granted_secret(grant, holder, pins), keyring.uid, grant.epoch)
        for grant in Grant.objects.filter(keyring=keyring, recipient=holder.uid)
    }
    return Opened(keyring.uid, keys, keyring.epoch, _writing_lock(keyring, keys, pins))


def _writing_lock(keyring: Keyring, keys: Mapping[int, Key], pins: Pins) -> Lock | None:
    if keyring.epoch in keys or keyring.kind not in DROP_KINDS:
        return keys.get(keyring.epoch)
    epoch = Epoch.objects.get(keyring=keyring, number=keyring.epoch)
    message = _epoch_message(keyring.uid, epoch.number, epoch.first_number, bytes(epoch.public))
    suite.verify(_pinned(pins, epoch.signer), "epoch", message, bytes(epoch.signature))
    return DropLock(bytes(epoch.public))


def own_keyring(holder: KeyHolder, scope: str) -> tuple[Keyring, Opened]:
    """The author keyring of one membership; its key grows from OWN, so it has an epoch but no grant."""
    keyring, made = Keyring.objects.get_or_create(kind=AUTHOR, scope=scope, defaults={"epoch": 1})
    if made:
        shred.create(keyring.uid, 1)
    key = content_key(AUTHOR, holder.own_secret(f"author/{keyring.uid}"), keyring.uid, 1)
    return keyring, Opened(keyring.uid, {1: key}, 1, key)


def first_number(keyring: str, epochs: Iterable[int]) -> int:
    """The first row number within the given epochs; 0 where there is none."""
    numbers = Epoch.objects.filter(keyring_id=keyring, number__in=list(epochs)).values_list("first_number", flat=True)
    return min(numbers, default=0)


def _store_grant(keyring: str, epoch: int, secret: Secret, reader: Recipient, granter: KeyHolder, reason: str) -> None:
    place = _grant_place(keyring, epoch, reader.uid)
    blob = suite.seal_to(reader.read_public, secret.reveal(), place.aad())
    commitment = _commitment(place, secret)
    signature = granter.signing.sign(
        "grant", _grant_message(place, reader.generation, blob, commitment, granter.uid, reason)
    )
    Grant.objects.update_or_create(
        keyring_id=keyring,
        epoch=epoch,
        recipient=reader.uid,
        defaults={
            "generation": reader.generation,
            "blob": blob,
            "commitment": commitment,
            "granter": granter.uid,
            "reason": reason,
            "signature": signature,
        },
    )


def _granted_secret(grant: Grant, holder: KeyHolder, pins: Pins) -> Secret:
    place = _grant_place(grant.keyring_id, grant.epoch, holder.uid)
    message = _grant_message(
        place, grant.generation, bytes(grant.blob), bytes(grant.commitment), grant.granter, grant.reason
    )
    suite.verify(_pinned(pins, grant.granter), "grant", message, bytes(grant.signature))
    if grant.generation != holder.generation:
        raise RefusedError("another generation")
    secret = Secret(holder.read.open(bytes(grant.blob), place.aad()))
    if not suite.same(_commitment(place, secret), bytes(grant.commitment)):
        raise RefusedError("commitment refused")
    return secret


def _pinned(pins: Pins, uid: str) -> bytes:
    if uid not in pins:
        raise RefusedError("not pinned")
    return pins[uid]


def _grant_place(keyring: str, epoch: int, recipient: str) -> Place:
    return Place("grant", "key", keyring, epoch, recipient, 0)


def _commitment(place: Place, secret: Secret) -> bytes:
    return suite.sha256(prefixed("commit") + place.aad() + secret.reveal())


def _grant_message(place: Place, generation: int, blob: bytes, commitment: bytes, granter: str, reason: str) -> bytes:
    return place.aad() + prefixed(str(generation), blob.hex(), commitment.hex(), granter, reason)


def _epoch_message(keyring: str, number: int, first: int, public: bytes) -> bytes:
    return prefixed(keyring, str(number), str(first), public.hex())
