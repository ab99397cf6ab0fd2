"""RESPONSIBILITY-5: who left with something they will try."""

from lingkar.principles.contract import Reading, Sight, rule
from lingkar.principles.responsibility.events import UcaGiven

RULE = "RESPONSIBILITY-5"


@rule(RULE, page="wheel")
def gauge(sight: Sight) -> Reading:
    """Members with a plan of their own, of members who were present; nothing to go by before anybody closed."""
    given = [event for event in sight.of(UcaGiven) if event.by in sight.members]
    plans = {event.by: event.id for event in given if event.action.strip()}
    return Reading(RULE, len(plans), len(sight.members) if given else 0, tuple(plans.values()))
