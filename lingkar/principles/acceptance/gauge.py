"""ACCEPTANCE-5: whose sharing nobody has answered yet, a hint to the counsellor, never shown to the circle.

ACCEPTANCE-6: how many sharings of the working stage were answered.
"""

import tomllib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from lingkar.principles.acceptance.events import Insisted, NudgeAnswered
from lingkar.principles.contract import Event, Finding, Reading, Sight
from lingkar.principles.openness.events import Post
from lingkar.principles.trust.events import StageMoved

RULE = "ACCEPTANCE-5"
ANSWERED = "ACCEPTANCE-6"


@lru_cache(maxsize=1)
def limits() -> tuple[float, int]:
    """Seconds, and number of later posts by others, after which a sharing counts as unanswered."""
    read = tomllib.loads((Path(__file__).parent / "data" / "unanswered.toml").read_text())
    return read["minutes"] * 60.0, int(read["posts"])


def unanswered(working: Sequence[Event], members: frozenset[str], now: float) -> list[Finding]:
    """Oldest first, one for each member. `working` holds the events since the working stage began, in order.

    A sharing is a member's post that answers nobody; it is answered by anybody else's reply to it.
    """
    seconds, posts = limits()
    said = [event for event in working if isinstance(event, Post)]
    answered = {post.reply_to for post in said if post.reply_to and post.by != _author(said, post.reply_to)}
    found: dict[str, Finding] = {}
    for index, post in enumerate(said):
        if post.reply_to or post.by not in members or post.id in answered or post.by in found:
            continue
        later = sum(1 for other in said[index + 1 :] if other.by != post.by)
        waited = now - post.at
        if waited >= seconds or later >= posts:
            found[post.by] = Finding(RULE, post.by, (post.id,), waited)
    return list(found.values())


def gauge(sight: Sight) -> Reading:
    """Sharings that somebody else answered, of all sharings; the evidence is each one's first answer."""
    said = [event for event in working_stage(sight.events) if isinstance(event, Post)]
    shared = [post for post in said if not post.reply_to and post.by in sight.members]
    answers = [
        next((other.id for other in said if other.reply_to == post.id and other.by != post.by), "") for post in shared
    ]
    found = tuple(answer for answer in answers if answer)
    return Reading(ANSWERED, len(found), len(shared), found)


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


def _author(said: Sequence[Post], target: str) -> str:
    return next((post.by for post in said if post.id == target), "")
