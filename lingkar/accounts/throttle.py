"""Against guessing and floods: a growing delay for each account, and a permit for each Argon2id run.

In memory, so that no list of login attempts lies on the disk. Unknown names are counted like known ones.
"""

import os
import threading
import time
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

FREE_TRIES = 5
LONGEST_DELAY = 15 * 60
REMEMBERED = 50_000
PERMITS = os.cpu_count() or 1
QUEUE = 24
QUEUE_FOR_STRANGERS = QUEUE // 2
LONGEST_WAIT = 8.0


class TooSoonError(Exception):
    """Wait `seconds` before the next try."""

    def __init__(self, seconds: int) -> None:
        super().__init__("too soon")
        self.seconds = seconds


class BusyError(Exception):
    """No permit could be had in time; try again in a few seconds."""


@dataclass
class _Count:
    failures: int = 0
    not_before: float = 0.0


class Delay:
    """Five free tries, then 2, 4, 8 ... seconds up to 15 minutes."""

    def __init__(self) -> None:
        self._counts: OrderedDict[str, _Count] = OrderedDict()
        self._lock = threading.Lock()

    def reserve(self, key: str) -> None:
        """Count a try before it is made, so that parallel ones cannot slip through. Raises `TooSoonError`."""
        now = time.monotonic()
        with self._lock:
            count = self._counts.setdefault(key, _Count())
            self._counts.move_to_end(key)
            while len(self._counts) > REMEMBERED:
                self._counts.popitem(last=False)
            if now < count.not_before:
                raise TooSoonError(int(count.not_before - now) + 1)
            count.failures += 1
            over = count.failures - FREE_TRIES
            if over >= 0:
                count.not_before = now + min(2 ** (over + 1), LONGEST_DELAY)

    def succeed(self, key: str) -> None:
        with self._lock:
            self._counts.pop(key, None)

    def clear(self) -> None:
        with self._lock:
            self._counts.clear()


class Permit:
    """At most one Argon2id run a core; a bounded queue, half of it kept for devices that are known."""

    def __init__(self) -> None:
        self._free = threading.Semaphore(PERMITS)
        self._lock = threading.Lock()
        self._waiting = 0

    @contextmanager
    def held(self, *, known_device: bool) -> Iterator[None]:
        """Raises `BusyError`."""
        with self._lock:
            if self._waiting >= (QUEUE if known_device else QUEUE_FOR_STRANGERS):
                raise BusyError
            self._waiting += 1
        try:
            got = self._free.acquire(timeout=LONGEST_WAIT)
        finally:
            with self._lock:
                self._waiting -= 1
        if not got:
            raise BusyError
        try:
            yield
        finally:
            self._free.release()


DELAY = Delay()
PERMIT = Permit()
