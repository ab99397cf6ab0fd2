"""What a member's closing consists of, and what of it is left; pages and the way out of a circle ask here."""

from lingkar.circle import past
from lingkar.circle.events import PulseGiven
from lingkar.circle.keys import RoomKeys, events, open_room
from lingkar.groups.access import Place
from lingkar.groups.models import GroupSession
from lingkar.principles.contract import Event
from lingkar.principles.responsibility.events import ReflectionWritten, UcaGiven

PARTS: dict[str, type[Event]] = {"pulse": PulseGiven, "uca": UcaGiven, "reflection": ReflectionWritten}


def parts_left(keys: RoomKeys) -> list[str]:
    """Which parts this member has not given yet, told by their own copies."""
    given = {type(event) for event in events(keys.author)}
    return [part for part, kind in PARTS.items() if kind not in given]


def left_of_last(where: Place) -> tuple[GroupSession | None, list[str]]:
    """The last session this member was in, where it is over but its closing is not, with the parts that are left."""
    for session in reversed(past.held(where)):
        keys = open_room(where, session)
        if keys and keys.room.keys:
            over = session.state == GroupSession.State.CLOSED and not where.group.ended
            left = parts_left(keys) if over else []
            return (session, left) if left else (None, [])
    return None, []
