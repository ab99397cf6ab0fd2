"""Taking part: hands, coming and going."""

from dataclasses import dataclass

from lingkar.groups.audience import Audience
from lingkar.principles.contract import Event


@dataclass(frozen=True, kw_only=True)
class HandRaised(Event):
    audience = Audience.ROOM
    up: bool


@dataclass(frozen=True, kw_only=True)
class Admitted(Event):
    """The counsellor let somebody in; name and seat for those who were there before."""

    audience = Audience.ROOM
    by_counsellor_only = True
    member: str
    name: str
    seat: int


@dataclass(frozen=True, kw_only=True)
class Departed(Event):
    """Somebody is no longer in this session."""

    audience = Audience.ROOM
    by_counsellor_only = True
    member: str
