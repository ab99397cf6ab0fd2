"""The shred store: one 32-byte secret for each (keyring, epoch), outside the main database and its backups.

Overwriting a secret makes every copy of what was sealed in that epoch unreadable, for everybody and for good.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings

from lingkar.vault import suite
from lingkar.vault.errors import ShreddedError


@contextmanager
def _store() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(settings.SHRED_STORE, timeout=10)
    try:
        connection.execute("PRAGMA secure_delete=ON")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute(
            "CREATE TABLE IF NOT EXISTS shred (keyring TEXT, epoch INTEGER, secret BLOB, PRIMARY KEY (keyring, epoch))"
        )
        with connection:
            yield connection
    finally:
        connection.close()


def create(keyring: str, epoch: int) -> bytes:
    """A new secret. It is durable before the epoch's first grant is written."""
    secret = suite.random_bytes(32)
    with _store() as store:
        store.execute("INSERT OR REPLACE INTO shred VALUES (?, ?, ?)", (keyring, epoch, secret))
    return secret


def secret(keyring: str, epoch: int) -> bytes:
    """The secret of this epoch. Raises `ShreddedError` when it was shredded."""
    with _store() as store:
        found = store.execute("SELECT secret FROM shred WHERE keyring=? AND epoch=?", (keyring, epoch)).fetchone()
    if found is None:
        raise ShreddedError("shredded")
    return bytes(found[0])


def shred(keyring: str) -> None:
    """Overwrite and delete every secret of a keyring."""
    with _store() as store:
        store.execute("UPDATE shred SET secret=zeroblob(32) WHERE keyring=?", (keyring,))
        store.execute("DELETE FROM shred WHERE keyring=?", (keyring,))
