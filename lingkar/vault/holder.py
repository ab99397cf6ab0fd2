"""A person with their keys unlocked, for the length of one request. Seeing one in a signature means: this can open."""

from dataclasses import dataclass
from functools import cached_property

from lingkar.vault import suite
from lingkar.vault.box import Place, SharedKey, prefixed
from lingkar.vault.models import Identity
from lingkar.vault.secret import Secret


@dataclass(frozen=True)
class Recipient:
    """Somebody to whom a grant is sealed: taken from a signed roster or from oneself, never from a bare table."""

    uid: str
    generation: int
    read_public: bytes
    sign_public: bytes


@dataclass(frozen=True)
class KeyHolder:
    """SEED and what grows from it (security model, section 2)."""

    uid: str
    generation: int
    seed: Secret

    @cached_property
    def read(self) -> suite.ReadPair:
        return suite.ReadPair(suite.derive(self.seed, "read"))

    @cached_property
    def signing(self) -> suite.SignPair:
        return suite.SignPair(suite.derive(self.seed, "sign"))

    @cached_property
    def own(self) -> SharedKey:
        """OWN: symmetric, so that nobody can seal something to it from outside."""
        return SharedKey(suite.derive(self.seed, "own"))

    def own_secret(self, purpose: str) -> Secret:
        return suite.derive(self.own.secret, f"own/{purpose}")

    def as_recipient(self) -> Recipient:
        return Recipient(self.uid, self.generation, self.read.public, self.signing.public)

    def identity(self) -> Identity:
        """An unsaved row of the public halves, signed by their owner."""
        message = identity_message(self.uid, self.generation, self.read.public, self.signing.public)
        return Identity(
            uid=self.uid,
            generation=self.generation,
            read_public=self.read.public,
            sign_public=self.signing.public,
            signature=self.signing.sign("identity", message),
        )


def new_holder(uid: str) -> KeyHolder:
    """A person with a fresh random SEED."""
    return KeyHolder(uid, 1, Secret(suite.random_bytes(32)))


def recipient_of(identity: Identity) -> Recipient:
    """The public halves as their owner signed them. Raises `RefusedError` where one of them was exchanged."""
    found = Recipient(identity.uid, identity.generation, bytes(identity.read_public), bytes(identity.sign_public))
    message = identity_message(found.uid, found.generation, found.read_public, found.sign_public)
    suite.verify(found.sign_public, "identity", message, bytes(identity.signature))
    return found


def identity_message(uid: str, generation: int, read_public: bytes, sign_public: bytes) -> bytes:
    return prefixed(uid, str(generation), read_public.hex(), sign_public.hex())


def own_place(holder_uid: str, field: str) -> Place:
    """Where something sealed under OWN lies."""
    return Place("identity", field, "own", 0, holder_uid, 0)
