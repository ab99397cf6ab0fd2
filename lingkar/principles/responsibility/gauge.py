"""RESPONSIBILITY-5: who left with something they will try. RESPONSIBILITY-6: own goals that moved up."""

from lingkar.principles.contract import Reading, Sight, rule
from lingkar.principles.responsibility.events import UcaGiven
from lingkar.principles.responsibility.goals import goals

RULE = "RESPONSIBILITY-5"
MOVED = "RESPONSIBILITY-6"


@rule(RULE, page="wheel")
def gauge(sight: Sight) -> Reading:
    """Members with a plan of their own, of members who were present; nothing to go by before anybody closed."""
    given = [event for event in sight.of(UcaGiven) if event.by in sight.members]
    plans = {event.by: event.id for event in given if event.action.strip()}
    return Reading(RULE, len(plans), len(sight.members) if given else 0, tuple(plans.values()))


@rule(MOVED, page="goals")
def moved(sight: Sight) -> Reading:
    """Goals that stand above where they were first rated, of goals rated more than once."""
    again = [one for one in goals(sight.events) if len(one.ratings) > 1]
    up = [one for one in again if one.has_moved]
    return Reading(MOVED, len(up), len(again), tuple(one.ratings[-1].id for one in up))
