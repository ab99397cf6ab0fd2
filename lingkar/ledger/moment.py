"""The hour at which something happens. It is now, except where a made-up past is played (the demo)."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime

from django.utils import timezone

_played: ContextVar[float | None] = ContextVar("played", default=None)


def now() -> float:
    """Unix seconds."""
    played = _played.get()
    return time.time() if played is None else played


def here() -> datetime:
    """The same as a time with the installation's zone."""
    return datetime.fromtimestamp(now(), timezone.get_current_timezone())


@contextmanager
def played_at(moment: float) -> Iterator[None]:
    """What is stamped inside happened at `moment`."""
    token = _played.set(moment)
    try:
        yield
    finally:
        _played.reset(token)
