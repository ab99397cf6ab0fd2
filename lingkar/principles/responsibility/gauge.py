"""RESPONSIBILITY-3: who has not been heard today. A pass, a hand or an affirmation is presence, but not a voice.

RESPONSIBILITY-5: who left with something they will try.
"""

from collections.abc import Sequence

from lingkar.principles.contract import Event, Finding, Reading, Sight
from lingkar.principles.openness.events import Passed, Post
from lingkar.principles.responsibility.events import Admitted, UcaGiven

RULE = "RESPONSIBILITY-3"
COMMITTED = "RESPONSIBILITY-5"


def unheard(events: Sequence[Event]) -> list[Finding]:
    """Admitted members without a post of their own, in the order they came; the evidence is their passes."""
    admitted = dict.fromkeys(event.member for event in events if isinstance(event, Admitted))
    heard = {event.by for event in events if isinstance(event, Post)}
    return [
        Finding(RULE, member, tuple(e.id for e in events if isinstance(e, Passed) and e.by == member))
        for member in admitted
        if member not in heard
    ]


def gauge(sight: Sight) -> Reading:
    """Members with a plan of their own, of members who were present; nothing to go by before anybody closed."""
    given = [event for event in sight.of(UcaGiven) if event.by in sight.members]
    plans = {event.by: event.id for event in given if event.action.strip()}
    return Reading(COMMITTED, len(plans), len(sight.members) if given else 0, tuple(plans.values()))
