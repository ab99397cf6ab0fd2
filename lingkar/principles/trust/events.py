"""A start and an end that everybody sees, and a pause anybody may ask for."""

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
