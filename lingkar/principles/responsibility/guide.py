"""RESPONSIBILITY-2: who missed the last two sessions, a reminder to the counsellor alone.

RESPONSIBILITY-3: who has not been heard today. A pass, thinking, a hand or an affirmation is presence, not a voice.

RESPONSIBILITY-4: what somebody wanted to try comes first in the next session.
"""

from collections.abc import Sequence

from lingkar.principles.contract import Event, Finding, rule
from lingkar.principles.openness.events import Passed, Post, Thinking
from lingkar.principles.responsibility.commitments import Commitment
from lingkar.principles.responsibility.events import Admitted

ABSENT = "RESPONSIBILITY-2"
UNHEARD = "RESPONSIBILITY-3"
TWICE = 2


@rule(ABSENT, page="group")
def absent_twice(attended: Sequence[frozenset[str]], members: Sequence[str]) -> list[Finding]:
    """Members who were in neither of the last two sessions. `attended`: who was let in, session by session."""
    last = attended[-TWICE:]
    if len(last) < TWICE:
        return []
    return [Finding(ABSENT, member, ()) for member in members if not any(member in session for session in last)]


@rule(UNHEARD, page="room")
def unheard(events: Sequence[Event]) -> list[Finding]:
    """Admitted members without a post of their own, in the order they came; the evidence is what
    else they gave: a pass, or that they are thinking."""
    admitted = dict.fromkeys(event.member for event in events if isinstance(event, Admitted))
    heard = {event.by for event in events if isinstance(event, Post)}
    return [
        Finding(UNHEARD, member, tuple(e.id for e in events if isinstance(e, Passed | Thinking) and e.by == member))
        for member in admitted
        if member not in heard
    ]


@rule("RESPONSIBILITY-4", page="plan")
def newest(found: Sequence[Commitment], before: int) -> dict[str, Commitment]:
    """Each member's latest plan made before the session at this place."""
    return {one.plan.by: one for one in found if one.at < before}
