"""What just happened in a session, told to whoever listens in this process, after the commit."""

from collections.abc import Callable
from dataclasses import dataclass

from lingkar.circle.drafts import Delivery
from lingkar.vault.keyrings import Opened


@dataclass(frozen=True)
class News:
    """`room` holds new keys after an epoch turned; `gone` is a person whose sockets must close."""

    session: str
    deliveries: tuple[Delivery, ...] = ()
    room: Opened | None = None
    gone: str = ""
    closed: bool = False
    turn_keys: bool = False
    sign_first: bool = False
    signal_for: tuple[str, ...] = ()
    cards_for: tuple[str, ...] = ()


_listeners: list[Callable[[News], None]] = []


def listen(listener: Callable[[News], None]) -> None:
    _listeners.append(listener)


def announce(news: News) -> None:
    for listener in _listeners:
        listener(news)
