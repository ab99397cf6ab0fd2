"""Append to a chain in the same transaction as the act, and prove afterwards that nothing was altered."""

from dataclasses import dataclass
from datetime import date

from lingkar.ledger import moment
from lingkar.ledger.models import LedgerEntry
from lingkar.vault import suite
from lingkar.vault.box import Document, Place, prefixed
from lingkar.vault.errors import RefusedError, VaultError
from lingkar.vault.holder import KeyHolder
from lingkar.vault.keyrings import Opened


class BrokenError(VaultError):
    """The chain does not hold: an entry was changed, taken out, put in, or the end was cut off."""


@dataclass(frozen=True)
class Act:
    """One entry as a reader sees it; `document` is None where it lies in an epoch the reader holds no key for."""

    number: int
    day: date
    signer: str
    document: Document | None


def append(chain: str, opened: Opened, holder: KeyHolder, document: Document) -> None:
    """Seal, link and sign. Call inside the act's transaction."""
    if opened.lock is None:
        raise RefusedError("no key")
    last = LedgerEntry.objects.select_for_update().filter(chain=chain).order_by("-number").first()
    number = last.number + 1 if last else 1
    previous = bytes(last.digest) if last else b""
    at = moment.here()
    day = at.date()
    blob = opened.lock.seal({**document, "at": at.isoformat()}, _place(chain, number, opened))
    digest = _digest(chain, number, day, previous, blob, holder.uid)
    LedgerEntry.objects.create(
        chain=chain,
        number=number,
        day=day,
        previous=previous,
        digest=digest,
        keyring=opened.keyring,
        epoch=opened.epoch,
        blob=blob,
        signer=holder.uid,
        sign_public=holder.signing.public,
        signature=holder.signing.sign("ledger", digest),
    )


def verify(chain: str, pins: dict[str, bytes], remembered: tuple[int, str] | None) -> tuple[int, str]:
    """Check the whole chain; the head (number, hash) to remember. Raises `BrokenError`.

    `remembered` is the head this reader saw last: the chain must still contain it. Signatures of signers whose
    key the reader has not pinned are checked against the key in the entry, which is weaker and only proves form.
    """
    previous, number, seen = b"", 0, remembered is None
    for entry in LedgerEntry.objects.filter(chain=chain).order_by("number"):
        number += 1
        digest = _digest(chain, number, entry.day, previous, bytes(entry.blob), entry.signer)
        if entry.number != number or bytes(entry.previous) != previous or bytes(entry.digest) != digest:
            raise BrokenError("broken")
        try:
            key = bytes(entry.sign_public)
            if not suite.same(key, pins.get(entry.signer, key)):
                raise BrokenError("another key")
            suite.verify(key, "ledger", digest, bytes(entry.signature))
        except RefusedError as error:
            raise BrokenError("broken") from error
        seen = seen or (number, digest.hex()) == remembered
        previous = digest
    if not seen:
        raise BrokenError("shorter or other than remembered")
    return number, previous.hex()


def read(chain: str, opened: Opened) -> list[Act]:
    """Entries, newest first."""
    return [
        Act(entry.number, entry.day, entry.signer, _opened(entry, opened))
        for entry in LedgerEntry.objects.filter(chain=chain).order_by("-number")
    ]


def _opened(entry: LedgerEntry, opened: Opened) -> Document | None:
    if entry.epoch not in opened.keys:
        return None
    place = Place("ledger", "entry", entry.keyring, entry.epoch, entry.chain, entry.number)
    return opened.keys[entry.epoch].open(bytes(entry.blob), place)


def _place(chain: str, number: int, opened: Opened) -> Place:
    return Place("ledger", "entry", opened.keyring, opened.epoch, chain, number)


def _digest(chain: str, number: int, day: date, previous: bytes, blob: bytes, signer: str) -> bytes:
    return suite.sha256(prefixed(chain, str(number), day.isoformat(), previous.hex(), suite.sha256(blob).hex(), signer))
