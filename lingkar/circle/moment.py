"""What every event carries besides its words."""

import uuid
from typing import Any

from lingkar.groups.access import Place
from lingkar.ledger.moment import now


def stamp(where: Place) -> dict[str, Any]:
    """A new id, its author, the hour."""
    return {"id": uuid.uuid4().hex, "by": where.membership.uid, "at": now()}
