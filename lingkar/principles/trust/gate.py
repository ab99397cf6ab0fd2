"""TRUST-1: a circle opens its door only when its counsellor has promised something, too (design, asas 2)."""

from collections.abc import Sequence

from lingkar.principles.contract import Shut, rule

RULE = "TRUST-1"


@rule(RULE, page="new_group")
def promised(promises: Sequence[str]) -> Shut | None:
    """Shown before anybody joins, so that trust is offered before it is asked for."""
    return None if any(promise.strip() for promise in promises) else Shut(RULE)
