"""ACCEPTANCE-5: whose sharing nobody has answered yet. A hint to the counsellor, never shown to the circle."""

import tomllib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from lingkar.principles.contract import Event, Finding
from lingkar.principles.openness.events import Post

RULE = "ACCEPTANCE-5"


@lru_cache(maxsize=1)
def limits() -> tuple[float, int]:
    """Seconds, and number of later posts by others, after which a sharing counts as unanswered."""
    read = tomllib.loads((Path(__file__).parent / "data" / "unanswered.toml").read_text())
    return read["minutes"] * 60.0, int(read["posts"])


def gauge(working: Sequence[Event], members: frozenset[str], now: float) -> list[Finding]:
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


def _author(said: Sequence[Post], target: str) -> str:
    return next((post.by for post in said if post.id == target), "")
