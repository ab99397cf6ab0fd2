"""Limits told again at each session's start, and the right to take back one's own words."""

from dataclasses import dataclass

from lingkar.groups.audience import Audience
from lingkar.principles.contract import Event


@dataclass(frozen=True, kw_only=True)
class LimitsExplained(Event):
    """The counsellor told the limits again; each member affirms with one tap."""

    audience = Audience.ROOM
    by_counsellor_only = True


@dataclass(frozen=True, kw_only=True)
class LimitsAffirmed(Event):
    audience = Audience.ROOM


@dataclass(frozen=True, kw_only=True)
class Withdrawn(Event):
    """A tombstone: the author took back the words with this id."""

    audience = Audience.ROOM
    after_close = True
    is_between = True
    target: str


@dataclass(frozen=True, kw_only=True)
class WithdrawnInPrivate(Event):
    """The same for words that the circle never saw."""

    audience = Audience.COUNSELLORS
    target: str
