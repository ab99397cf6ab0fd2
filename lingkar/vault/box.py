"""Sealed form of a document: canonical JSON, padded, bound to the place where it lies (security model, section 4)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from lingkar.vault import suite
from lingkar.vault.errors import CannotOpenError
from lingkar.vault.secret import Secret

SMALL_STEP = 256
LARGE_STEP = 1024
SMALL_LIMIT = 4096

type Document = dict[str, Any]


@dataclass(frozen=True)
class Place:
    """Where a sealed field lies. A blob moved to any other place does not open."""

    table: str
    field: str
    keyring: str
    epoch: int
    uid: str
    number: int

    def aad(self) -> bytes:
        """Length-prefixed list of the format, the suite and the six parts."""
        return prefixed(
            "lk1", str(suite.SUITE), self.table, self.field, self.keyring, str(self.epoch), self.uid, str(self.number)
        )


def prefixed(*parts: str) -> bytes:
    """Unambiguous encoding of a list of strings: each as length (4 bytes) and UTF-8."""
    encoded = (part.encode() for part in parts)
    return b"".join(len(part).to_bytes(4, "big") + part for part in encoded)


def canonical(document: Mapping[str, Any]) -> bytes:
    """JSON with sorted keys and no spaces, UTF-8."""
    return json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def pad(document: Mapping[str, Any]) -> bytes:
    """length(4) | canonical JSON | zeros, in steps of 256 bytes up to 4 KiB, then of 1 KiB."""
    body = canonical(document)
    size = len(body) + 4
    step = SMALL_STEP if size <= SMALL_LIMIT else LARGE_STEP
    return len(body).to_bytes(4, "big") + body + bytes(-size % step)


def unpad(padded: bytes) -> Document:
    """Inverse of `pad`. Raises `CannotOpenError` where length or padding is not as written by it."""
    size = int.from_bytes(padded[:4], "big")
    if size + 4 > len(padded) or any(padded[4 + size :]):
        raise CannotOpenError("cannot be opened")
    document = json.loads(padded[4 : 4 + size])
    if not isinstance(document, dict):
        raise CannotOpenError("cannot be opened")
    return document


class Lock(Protocol):
    """Can seal."""

    def seal(self, document: Mapping[str, Any], place: Place) -> bytes: ...


class Key(Lock, Protocol):
    """Can seal and open."""

    def open(self, blob: bytes, place: Place) -> Document: ...


@dataclass(frozen=True)
class SharedKey:
    """One symmetric key for all readers."""

    secret: Secret

    def seal(self, document: Mapping[str, Any], place: Place) -> bytes:
        return suite.encrypt(self.secret, pad(document), place.aad())

    def open(self, blob: bytes, place: Place) -> Document:
        return unpad(suite.decrypt(self.secret, blob, place.aad()))


@dataclass(frozen=True)
class DropLock:
    """The public half: anybody may drop something in, nobody may look."""

    public: bytes

    def seal(self, document: Mapping[str, Any], place: Place) -> bytes:
        return suite.seal_to(self.public, pad(document), place.aad())


class DropKey:
    """Both halves of a drop keyring's epoch."""

    def __init__(self, secret: Secret) -> None:
        self._pair = suite.ReadPair(secret)
        self.lock = DropLock(self._pair.public)

    def seal(self, document: Mapping[str, Any], place: Place) -> bytes:
        return self.lock.seal(document, place)

    def open(self, blob: bytes, place: Place) -> Document:
        return unpad(self._pair.open(blob, place.aad()))
