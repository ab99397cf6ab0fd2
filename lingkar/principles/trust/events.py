"""A start and an end that everybody sees, a pause anybody may ask for, and what weighs on somebody."""

from dataclasses import dataclass

from lingkar.groups.audience import Audience
from lingkar.principles.contract import Event


@dataclass(frozen=True, kw_only=True)
class PauseAsked(Event):
    audience = Audience.ROOM


@dataclass(frozen=True, kw_only=True)
class PauseSet(Event):
    audience = Audience.ROOM
    by_counsellor_only = True
    on: bool


@dataclass(frozen=True, kw_only=True)
class StageMoved(Event):
    """forming, transition, working or closing; `minutes` as planned; `again` when told anew to a late joiner."""

    audience = Audience.ROOM
    by_counsellor_only = True
    stage: str
    minutes: int
    again: bool = False


@dataclass(frozen=True, kw_only=True)
class SessionClosed(Event):
    audience = Audience.ROOM
    by_counsellor_only = True


@dataclass(frozen=True, kw_only=True)
class RuptureRaised(Event):
    """Something went wrong for me (ada yang mengganjal): to the counsellor, who answers."""

    audience = Audience.PAIR
    after_close = True
    text: str


@dataclass(frozen=True, kw_only=True)
class RuptureAnswered(Event):
    """The counsellor's answer to a line with this id."""

    audience = Audience.PAIR
    by_counsellor_only = True
    after_close = True
    target: str
    text: str


@dataclass(frozen=True, kw_only=True)
class RuptureSettled(Event):
    """Whether it is better now, by whoever raised it: 2 yes, 1 a little, 0 not yet."""

    audience = Audience.PAIR
    after_close = True
    target: str
    better: int
