"""ACCEPTANCE-1: whoever enters has agreed to the norms as they are now; a change asks again, only for what changed."""

from collections.abc import Sequence

from lingkar.principles.contract import Shut, rule

RULE = "ACCEPTANCE-1"


@rule(RULE, page="agreement")
def agreed(changed: Sequence[str]) -> Shut | None:
    """`changed`: norms that came or went since this member signed."""
    return Shut(RULE) if changed else None
