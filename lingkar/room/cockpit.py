"""What the counsellor sees besides the words: who was not heard, whose sharing waits. Hints, never scores."""

from typing import Any

from lingkar.circle import rules
from lingkar.circle.keys import RoomKeys
from lingkar.groups import rows
from lingkar.groups.documents import GroupState
from lingkar.principles.acceptance import gauge as acceptance
from lingkar.principles.contract import Event
from lingkar.principles.responsibility import gauge as responsibility
from lingkar.principles.trust.events import StageMoved


def hints(keys: RoomKeys, state: GroupState, now: float) -> dict[str, Any]:
    """Findings of the gauges, by membership."""
    events = [rules.from_document(row.document, row.number) for row in rows.read(keys.room) if row.document]
    members = frozenset(line.membership for line in state.roster if not line.is_counsellor)
    unanswered = acceptance.unanswered(_working(events), members, now)
    unheard = [finding for finding in responsibility.unheard(events) if finding.member in members]
    return {
        "unanswered": [
            {"member": found.member, "post": found.evidence[0], "minutes": int(found.seconds // 60)}
            for found in unanswered
        ],
        "unheard": [{"member": found.member, "passes": len(found.evidence)} for found in unheard],
    }


def _working(events: list[Event]) -> list[Event]:
    """Events since the working stage began; empty in any other stage."""
    since: list[Event] = []
    working = False
    for event in events:
        if isinstance(event, StageMoved):
            starts = event.stage == "working"
            since = since if starts and working else []
            working = starts
        elif working:
            since.append(event)
    return since if working else []
