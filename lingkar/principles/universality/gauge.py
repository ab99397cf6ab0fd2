"""UNIVERSALITY-2: how many of those who picked carry a thread that others carry, too."""

from lingkar.principles.contract import Reading, Sight, rule
from lingkar.principles.universality.events import ThreadsPicked, ThreadsShown

RULE = "UNIVERSALITY-2"


@rule(RULE, page="wheel")
def gauge(sight: Sight) -> Reading:
    """Members with a shared thread, of members who picked; the evidence is their picks."""
    shared = {thread.split("=")[0] for event in sight.of(ThreadsShown) for thread in event.threads}
    last = {pick.by: pick for pick in sight.of(ThreadsPicked) if pick.by in sight.members}
    carried = [pick for pick in last.values() if shared & set(pick.themes)]
    return Reading(RULE, len(carried), len(last) if sight.of(ThreadsShown) else 0, tuple(pick.id for pick in carried))
