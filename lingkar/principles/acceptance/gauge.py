"""ACCEPTANCE-6: how many sharings of the working stage were answered.

ACCEPTANCE-7: which of them the counsellor answered, and how; their own mirror, because acceptance is modelled.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from lingkar.principles.acceptance.events import Insisted, NudgeAnswered
from lingkar.principles.contract import Event, Reading, Sight, rule
from lingkar.principles.openness.events import Post
from lingkar.principles.trust.events import StageMoved

RULE = "ACCEPTANCE-6"
MIRROR = "ACCEPTANCE-7"


@dataclass(frozen=True)
class Received:
    """One sharing the counsellor answered: after how many seconds, and whether the answer asked something."""

    post: str
    by: str
    seconds: float
    asked: bool


@rule(RULE, page="wheel")
def gauge(sight: Sight) -> Reading:
    """Sharings that somebody else answered, of all sharings; the evidence is each one's first answer."""
    said = [event for event in working_stage(sight.events) if isinstance(event, Post)]
    shared = [post for post in said if not post.reply_to and post.by in sight.members]
    answers = [
        next((other.id for other in said if other.reply_to == post.id and other.by != post.by), "") for post in shared
    ]
    found = tuple(answer for answer in answers if answer)
    return Reading(RULE, len(found), len(shared), found)


def questions(sight: Sight) -> dict[str, int]:
    """How often a question before sending was answered by "sent" as it was, "softened" or "withdrawn"; by nobody."""
    given = [event.answer for event in sight.of(NudgeAnswered)]
    counted = {answer: given.count(answer) for answer in ("softened", "withdrawn")}
    return {"sent": len(sight.of(Insisted)), **counted}


def working_stage(events: Sequence[Event]) -> list[Event]:
    """What happened in the working stage, wherever the session is now."""
    found: list[Event] = []
    working = False
    for event in events:
        if isinstance(event, StageMoved):
            working = event.stage == "working"
        elif working:
            found.append(event)
    return found


@rule(MIRROR, page="mirror")
def received(sight: Sight, counsellor: str) -> tuple[Reading, list[Received]]:
    """Sharings that this counsellor answered, of all: how soon, and whether they asked or received.

    A mirror for the one who models acceptance, shown to nobody else.
    """
    said = [event for event in working_stage(sight.events) if isinstance(event, Post)]
    shared = [post for post in said if not post.reply_to and post.by in sight.members]
    found: list[Received] = []
    for post in shared:
        answer = next((one for one in said if one.reply_to == post.id and one.by == counsellor), None)
        if answer:
            found.append(Received(post.id, post.by, answer.at - post.at, asked="?" in answer.text))
    return Reading(MIRROR, len(found), len(shared), tuple(one.post for one in found)), found
