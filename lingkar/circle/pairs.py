"""Keyrings of two people and the counsellors: for feedback cards, and for what weighs on one member."""

import contextlib

from lingkar.groups import documents, rows
from lingkar.groups.access import Place
from lingkar.groups.documents import RosterLine
from lingkar.groups.models import GroupSession
from lingkar.vault import keyrings
from lingkar.vault.errors import RefusedError, VaultError
from lingkar.vault.keyrings import Opened
from lingkar.vault.models import Identity, Keyring


def opened(where: Place, session: GroupSession) -> list[Opened]:
    """Every pair of a session that this reader may open; one with a grant that is not good is left out."""
    found: list[Opened] = []
    for ring in Keyring.objects.filter(scope=session.uid, kind__startswith=rows.PAIR_KIND).order_by("kind"):
        with contextlib.suppress(VaultError):
            found.append(_open(where, ring))
    return found


def pair(where: Place, session: GroupSession, one: RosterLine, other: RosterLine) -> Opened:
    """The keyring of two, made when it is needed first. Call inside a transaction. Raises `RefusedError`."""
    low, high = sorted((one.seat, other.seat))
    kind = f"{rows.PAIR_KIND}{low}-{high}"
    ring = Keyring.objects.filter(scope=session.uid, kind=kind).first()
    if ring is None:
        readers = {line.person: line for line in where.state.roster if line.is_counsellor}
        readers |= {line.person: line for line in (one, other)}
        recipients = [documents.recipient(line) for line in readers.values()]
        ring = keyrings.create(kind, session.uid, where.me.holder, recipients)
    found = _open(where, ring)
    if found.lock is None:
        raise RefusedError("no key")
    return found


def own_line(where: Place) -> RosterLine:
    """My own place in the signed roster. Raises `RefusedError`."""
    line = where.state.line(where.membership.uid)
    if line is None:
        raise RefusedError("not in the roster")
    return line


def _open(where: Place, ring: Keyring) -> Opened:
    return keyrings.open_keyring(ring, where.me.holder, _pins(where))


def _pins(where: Place) -> dict[str, bytes]:
    """Pinned keys, and those that the counsellor's signed roster vouches for: a pair is granted by whoever began it."""
    signers: dict[str, bytes] = {}
    for line in (*where.state.former, *where.state.roster):
        with contextlib.suppress(RefusedError, Identity.DoesNotExist):
            signers[line.person] = documents.recipient(line).sign_public
    return {**signers, **where.pins}
