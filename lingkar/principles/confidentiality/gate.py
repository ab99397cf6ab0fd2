"""CONFIDENTIALITY-2: nobody comes in before the limits were understood, told by three short situations."""

from lingkar.principles.confidentiality.limits import SITUATIONS
from lingkar.principles.contract import rule


@rule("CONFIDENTIALITY-2", page="read_limits")
def wrong_answers(answers: dict[str, str]) -> list[str]:
    """Ids of the situations not yet answered right; the door opens when there is none."""
    return [situation.id for situation in SITUATIONS if answers.get(situation.id) != situation.right]
