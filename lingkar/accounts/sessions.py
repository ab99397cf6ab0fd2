"""Who is signed in, in memory only: one small store with put, get and drop (security model, section 7).

A record holds the SEED sealed under a key that only the browser's second cookie has, so neither a copy of this
memory's records nor a stolen session id alone opens anything. A restart signs everybody out.
"""

import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from lingkar.vault import suite
from lingkar.vault.errors import CannotOpenError
from lingkar.vault.holder import KeyHolder
from lingkar.vault.secret import Secret

ABSOLUTE_SECONDS = 8 * 3600
STAFF_IDLE_SECONDS = 10 * 60
MEMBER_IDLE_SECONDS = 20 * 60
DOOR_IDLE_SECONDS = 45 * 60
SWEEP_EVERY = 256

_BOOT = Secret(secrets.token_bytes(32))


@dataclass
class Record:
    """One signed-in browser. Times in seconds of the monotonic clock."""

    person: str
    generation: int
    blob: bytes
    idle: int
    born: float = field(default_factory=time.monotonic)
    seen: float = field(default_factory=time.monotonic)

    def is_over(self, now: float) -> bool:
        return now - self.seen > self.idle or now - self.born > ABSOLUTE_SECONDS


class Store:
    """Records by the hash of the session id."""

    def __init__(self) -> None:
        self._records: dict[bytes, Record] = {}
        self._lock = threading.Lock()
        self._dropped: list[Callable[[str], None]] = []

    def on_drop(self, listener: Callable[[str], None]) -> None:
        """Call `listener(person)` whenever a record of that person goes away."""
        self._dropped.append(listener)

    def put(self, token: str, record: Record) -> None:
        with self._lock:
            self._records[_hash(token)] = record
            stale = [key for key, kept in self._records.items() if kept.is_over(time.monotonic())]
            for key in stale:
                del self._records[key]

    def get(self, token: str, *, touch: bool = True) -> Record | None:
        """The record, if it is neither idle nor too old. `touch` counts as being here."""
        now = time.monotonic()
        with self._lock:
            record = self._records.get(_hash(token))
            if record is None:
                return None
            if record.is_over(now):
                del self._records[_hash(token)]
            elif touch:
                record.seen = now
        if record.is_over(now):
            self._tell(record.person)
            return None
        return record

    def drop(self, token: str) -> None:
        with self._lock:
            record = self._records.pop(_hash(token), None)
        if record:
            self._tell(record.person)

    def drop_person(self, person: str, keep: str = "") -> None:
        """End every session of a person but the one named `keep`."""
        with self._lock:
            gone = [key for key, kept in self._records.items() if kept.person == person and key != _hash(keep)]
            for key in gone:
                del self._records[key]
        if gone:
            self._tell(person)

    def clear(self) -> None:
        with self._lock:
            self._records.clear()

    def _tell(self, person: str) -> None:
        for listener in self._dropped:
            listener(person)


STORE = Store()


def _hash(token: str) -> bytes:
    return suite.sha256(token.encode())


def _wrap_key(token: str, cookie_key: str) -> Secret:
    return suite.derive(Secret(cookie_key.encode()), f"session/{_hash(token).hex()}", salt=_BOOT.reveal())


def idle_seconds(*, is_counsellor: bool) -> int:
    """How long somebody may leave a page untouched."""
    return STAFF_IDLE_SECONDS if is_counsellor else MEMBER_IDLE_SECONDS


def begin(holder: KeyHolder, idle: int) -> tuple[str, str]:
    """A new session for an unlocked person. The two cookie values: session id, and the key the server forgets."""
    token, cookie_key = secrets.token_urlsafe(32), secrets.token_urlsafe(32)
    aad = f"{holder.uid}/{holder.generation}".encode()
    blob = suite.encrypt(_wrap_key(token, cookie_key), holder.seed.reveal(), aad)
    STORE.put(token, Record(holder.uid, holder.generation, blob, idle))
    return token, cookie_key


def unlock(token: str, cookie_key: str, *, touch: bool = True) -> KeyHolder | None:
    """The person behind two cookies, or None."""
    record = STORE.get(token, touch=touch) if token and cookie_key else None
    if record is None:
        return None
    aad = f"{record.person}/{record.generation}".encode()
    try:
        seed = suite.decrypt(_wrap_key(token, cookie_key), record.blob, aad)
    except CannotOpenError:
        return None
    return KeyHolder(record.person, record.generation, Secret(seed))
