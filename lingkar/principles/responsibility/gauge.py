"""RESPONSIBILITY-3: who has not been heard today. A pass, a hand or an affirmation is presence, but not a voice."""

from collections.abc import Sequence

from lingkar.principles.contract import Event, Finding
from lingkar.principles.openness.events import Passed, Post
from lingkar.principles.responsibility.events import Admitted

RULE = "RESPONSIBILITY-3"


def gauge(events: Sequence[Event]) -> list[Finding]:
    """Admitted members without a post of their own, in the order they came; the evidence is their passes."""
    admitted = dict.fromkeys(event.member for event in events if isinstance(event, Admitted))
    heard = {event.by for event in events if isinstance(event, Post)}
    return [
        Finding(RULE, member, tuple(e.id for e in events if isinstance(e, Passed) and e.by == member))
        for member in admitted
        if member not in heard
    ]
