"""RESPONSIBILITY-1: who leaves the circle is led through the closing first; all of it may be passed."""

from collections.abc import Sequence

from lingkar.principles.contract import Shut, rule

RULE = "RESPONSIBILITY-1"


@rule(RULE, page="group")
def closing_first(left: Sequence[str], *, now: bool) -> Shut | None:
    """`left`: parts of the last closing not given yet. `now`: they want to go without it, which needs no reason."""
    return Shut(RULE) if left and not now else None
