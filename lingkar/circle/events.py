"""Events that belong to no single asas: safety, and the counsellor's own note."""

from dataclasses import dataclass

from lingkar.groups.audience import Audience
from lingkar.principles.contract import Event


@dataclass(frozen=True, kw_only=True)
class Signal(Event):
    """The screen saw a sign of risk in these words; sealed to the counsellors, in full."""

    audience = Audience.COUNSELLORS
    about: str
    text: str
    level: int
    held: bool


@dataclass(frozen=True, kw_only=True)
class HeldPost(Event):
    """A post that the circle sees only when a counsellor lets it through."""

    audience = Audience.COUNSELLORS
    text: str
    reply_to: str = ""


@dataclass(frozen=True, kw_only=True)
class HeldReleased(Event):
    """A counsellor lets a held post through; `target` is its id, `author` its author."""

    audience = Audience.COUNSELLORS
    by_counsellor_only = True
    target: str
    author: str


@dataclass(frozen=True, kw_only=True)
class SignalSeen(Event):
    """A counsellor has taken notice of a signal."""

    audience = Audience.COUNSELLORS
    by_counsellor_only = True
    target: str


@dataclass(frozen=True, kw_only=True)
class Insisted(Event):
    """Its author sent it after a guide's remark on judging words."""

    audience = Audience.COUNSELLORS
    about: str
    rule: str


@dataclass(frozen=True, kw_only=True)
class PrivateNote(Event):
    """The counsellor's note to themselves."""

    audience = Audience.AUTHOR
    by_counsellor_only = True
    text: str
