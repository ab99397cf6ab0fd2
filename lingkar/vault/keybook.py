"""What a person remembers by themselves: pinned keys, the newest roster and ledger head they saw, own names.

Sealed under OWN, so nobody else can change it; anything older than remembered is refused.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any

from lingkar.vault.errors import RefusedError
from lingkar.vault.holder import KeyHolder, own_place
from lingkar.vault.models import Identity


@dataclass
class Keybook:
    """Keys and signatures as hex; heads as [number, hash]."""

    pins: dict[str, str] = field(default_factory=dict)
    rosters: dict[str, int] = field(default_factory=dict)
    heads: dict[str, list[Any]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    settings: dict[str, Any] = field(default_factory=dict)

    def pinned(self) -> dict[str, bytes]:
        return {uid: bytes.fromhex(key) for uid, key in self.pins.items()}

    def pin(self, uid: str, sign_public: bytes) -> None:
        """Remember somebody's key. Raises `RefusedError` when another one is pinned already."""
        if self.pins.setdefault(uid, sign_public.hex()) != sign_public.hex():
            raise RefusedError("pinned otherwise")


type Change = Callable[[Keybook], object]


def read(identity: Identity, holder: KeyHolder) -> Keybook:
    """Open the keybook; an empty one for a person who has none yet. The owner's own key is always pinned."""
    blob = bytes(identity.keybook)
    place = own_place(holder.uid, f"keybook/{identity.keybook_version}")
    book = Keybook(**holder.own.open(blob, place)) if blob else Keybook()
    book.pins[holder.uid] = holder.signing.public.hex()
    return book


def write(identity: Identity, holder: KeyHolder, book: Keybook) -> None:
    """Seal and store the keybook as its next version."""
    identity.keybook_version += 1
    place = own_place(holder.uid, f"keybook/{identity.keybook_version}")
    identity.keybook = holder.own.seal(asdict(book), place)
    identity.save(update_fields=["keybook", "keybook_version"])
