"""The hour events are stamped with. It is now, except where a made-up past is played (the demo)."""

import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from lingkar.groups.access import Place

_played: ContextVar[float | None] = ContextVar("played", default=None)


def now() -> float:
    """Unix seconds."""
    played = _played.get()
    return time.time() if played is None else played


@contextmanager
def played_at(moment: float) -> Iterator[None]:
    """What is stamped inside happened at `moment`."""
    token = _played.set(moment)
    try:
        yield
    finally:
        _played.reset(token)


def stamp(where: Place) -> dict[str, Any]:
    """What every event of an act carries: a new id, its author, the hour."""
    return {"id": uuid.uuid4().hex, "by": where.membership.uid, "at": now()}
