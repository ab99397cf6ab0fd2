"""TRUST-3: when what members feel of trust falls, the counsellor is asked to repair; it names nobody.

Ruptures that are repaired go with better outcomes (alliance rupture and repair; domain.md, section e2).
"""

from collections.abc import Sequence

from lingkar.principles.contract import rule

RULE = "TRUST-3"
FALL = 0.125
"""Half a step on a scale of 1 to 5, as a share. A proposal, not a validated threshold."""


@rule(RULE, page="wheel")
def has_fallen(felt: Sequence[float | None]) -> bool:
    """`felt`: the shares of the last sessions, the earliest first, None where too few answered to show them."""
    known = [share for share in felt if share is not None]
    return len(known) > 1 and bool(felt) and felt[-1] is not None and known[-2] - known[-1] >= FALL
