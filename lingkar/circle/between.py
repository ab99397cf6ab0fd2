"""What members give between meetings: whether they come, and their own goals. By the one write path, without a room."""

from collections.abc import Sequence

from lingkar.circle import climb, desk, past, rules
from lingkar.circle.drafts import Draft, Outcome
from lingkar.circle.keep import keep
from lingkar.circle.keys import RoomKeys, events, open_between, open_room, setting
from lingkar.circle.news import News, announce
from lingkar.groups import rows
from lingkar.groups.access import Place
from lingkar.principles.contract import Event
from lingkar.principles.responsibility.events import Admitted, AttendancePlanned


def give(where: Place, event: Event) -> Outcome:
    """Keep one; words with a sign of risk open a case like any others."""
    outcome = keep([Draft(event, open_between(where), setting(where), insists=True)])[0]
    climb.follow(where.group.uid, outcome)
    if outcome.signal:
        announce(News("", signal_for=desk.counsellors(where)))
    return outcome


def given(where: Place) -> list[Event]:
    """A member's own copies; for counsellors what everybody gave. Oldest first."""
    keys: RoomKeys = open_between(where)
    opened = keys.counsellors if where.is_counsellor else keys.author
    if not opened.keys:
        return []
    documents = [(row.document, row.number) for row in rows.read(opened) if row.document]
    return [rules.from_document(found, number) for found, number in documents if found.get("kind") in rules.KINDS]


def coming(found: Sequence[Event], session: str) -> dict[str, AttendancePlanned]:
    """Each member's latest answer for one session."""
    return {event.by: event for event in found if isinstance(event, AttendancePlanned) and event.session == session}


def attended(where: Place) -> list[frozenset[str]]:
    """Who was let in, session by session, for the counsellor."""
    opened = [open_room(where, session) for session in past.held(where)]
    return [
        frozenset(event.member for event in events(keys.room) if isinstance(event, Admitted)) for keys in opened if keys
    ]
