"""What the counsellor sees besides the words: who was not heard, whose sharing waits. Hints, never scores."""

from typing import Any

from lingkar.circle.keys import RoomKeys, events
from lingkar.groups.documents import GroupState
from lingkar.principles.acceptance import guide as acceptance
from lingkar.principles.contract import Event
from lingkar.principles.responsibility import guide as responsibility
from lingkar.principles.trust.events import StageMoved
from lingkar.principles.universality import guide as universality

MOST_LINKS = 3


def hints(keys: RoomKeys, state: GroupState, now: float) -> dict[str, Any]:
    """Findings of the guides, by membership."""
    said = events(keys.room)
    members = frozenset(line.membership for line in state.roster if not line.is_counsellor)
    unanswered = acceptance.unanswered(_working(said), members, now)
    unheard = [finding for finding in responsibility.unheard(said) if finding.member in members]
    links = universality.links(said, members)
    return {
        "links": [{"theme": one.theme, "members": one.members} for one in links[:MOST_LINKS]],
        "unanswered": [
            {"member": found.member, "post": found.evidence[0], "minutes": int(found.seconds // 60)}
            for found in unanswered
        ],
        "unheard": [{"member": found.member, "passes": len(found.evidence)} for found in unheard],
    }


def _working(said: list[Event]) -> list[Event]:
    """Events since the working stage began; empty in any other stage."""
    since: list[Event] = []
    working = False
    for event in said:
        if isinstance(event, StageMoved):
            starts = event.stage == "working"
            since = since if starts and working else []
            working = starts
        elif working:
            since.append(event)
    return since if working else []
