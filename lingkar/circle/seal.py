"""A closed session is signed: how many rows it had, and the hash of the last. Rows cut off later are noticed.

A blanked row is not: it looks like one its author took back."""

import json
from typing import Any

from lingkar.groups import rows
from lingkar.groups.access import Place
from lingkar.groups.models import GroupSession
from lingkar.vault import keyrings, suite
from lingkar.vault.box import canonical
from lingkar.vault.errors import RefusedError
from lingkar.vault.models import Keyring

SIGNATURE_BYTES = 64
SEALED_KINDS = (keyrings.COUNSELLORS, keyrings.ROOM)


def make(where: Place, session: str) -> bytes:
    """Signature and what it covers: for each keyring its uid, last number and head."""
    covered = {
        ring.kind: [ring.uid, ring.last_number, bytes(ring.head).hex()]
        for ring in Keyring.objects.filter(scope=session, kind__in=SEALED_KINDS)
    }
    message = canonical({"session": session, "covered": covered})
    return where.me.holder.signing.sign("session-seal", message) + message


def check(where: Place, session: GroupSession) -> None:
    """Raises `RefusedError` where rows of a closed session are missing, replaced, or its seal is not a counsellor's."""
    signature, message = bytes(session.seal)[:SIGNATURE_BYTES], bytes(session.seal)[SIGNATURE_BYTES:]
    counsellors = [line.person for line in where.state.roster if line.is_counsellor and line.person in where.pins]
    if not any(_signed(where.pins[person], message, signature) for person in counsellors):
        raise RefusedError("seal refused")
    body: dict[str, Any] = json.loads(message)
    if body["session"] != session.uid:
        raise RefusedError("another session's seal")
    for ring, number, head in body["covered"].values():
        if rows.head_at(ring, number) not in (head, rows.ERASED):
            raise RefusedError("rows are missing")


def _signed(public: bytes, message: bytes, signature: bytes) -> bool:
    try:
        suite.verify(public, "session-seal", message, signature)
    except RefusedError:
        return False
    return True
