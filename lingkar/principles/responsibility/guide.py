"""RESPONSIBILITY-3: who has not been heard today. A pass, thinking, a hand or an affirmation is presence, not a voice.

RESPONSIBILITY-4: what somebody wanted to try comes first in the next session.
"""

from collections.abc import Sequence

from lingkar.principles.contract import Event, Finding, rule
from lingkar.principles.openness.events import Passed, Post, Thinking
from lingkar.principles.responsibility.commitments import Commitment
from lingkar.principles.responsibility.events import Admitted

UNHEARD = "RESPONSIBILITY-3"


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
