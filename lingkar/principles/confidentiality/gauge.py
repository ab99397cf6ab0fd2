"""CONFIDENTIALITY-6: how many of those present affirmed the limits when they were told again."""

from lingkar.principles.confidentiality.events import LimitsAffirmed, LimitsExplained
from lingkar.principles.contract import Reading, Sight, rule

RULE = "CONFIDENTIALITY-6"


@rule(RULE, page="wheel")
def gauge(sight: Sight) -> Reading:
    """Members who affirmed, of members present; nothing to go by while the limits were not told."""
    affirmed = {event.by: event.id for event in sight.of(LimitsAffirmed) if event.by in sight.members}
    whole = len(sight.members) if sight.of(LimitsExplained) else 0
    return Reading(RULE, len(affirmed) if whole else 0, whole, tuple(affirmed.values()) if whole else ())
