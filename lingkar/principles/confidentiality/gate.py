"""CONFIDENTIALITY-1: limits that are worded anew are asked for again, only what changed.

CONFIDENTIALITY-2: nobody comes in before the limits were understood, told by three short situations.
"""

from collections.abc import Sequence

from lingkar.principles.confidentiality.limits import situations
from lingkar.principles.contract import Shut, rule

AGAIN = "CONFIDENTIALITY-1"


@rule(AGAIN, page="agreement")
def accepted(changed: Sequence[int]) -> Shut | None:
    """`changed`: limits (0 to 4) that are worded otherwise than when this member signed."""
    return Shut(AGAIN) if changed else None


@rule("CONFIDENTIALITY-2", page="read_limits")
def wrong_answers(answers: dict[str, str], own_limits: Sequence[str] = ()) -> list[str]:
    """Ids of the situations not yet answered right; the door opens when there is none."""
    return [situation.id for situation in situations(own_limits) if answers.get(situation.id) != situation.right]
