"""ACCEPTANCE-2: a question before words that judge, mock or belittle somebody. Its author may always go on.

ACCEPTANCE-5: whose sharing nobody has answered yet, a hint to the counsellor, never shown to the circle.
"""

import tomllib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from lingkar import lexicon
from lingkar.principles.contract import Event, Finding, Remark, Setting, remark, rule
from lingkar.principles.openness.events import Post

RULE = "ACCEPTANCE-2"
UNANSWERED = "ACCEPTANCE-5"
GENTLER = Path(__file__).parent / "data" / "gentler.toml"


@rule(RULE, page="room")
def guide(event: Event, setting: Setting) -> Remark | None:
    found = lexicon.attack(event.words)
    return remark(RULE, 1.0, found["reasons"], GENTLER) if found["attack"] else None


@lru_cache(maxsize=1)
def limits() -> tuple[float, int]:
    """Seconds, and number of later posts by others, after which a sharing counts as unanswered."""
    read = tomllib.loads((Path(__file__).parent / "data" / "unanswered.toml").read_text())
    return read["minutes"] * 60.0, int(read["posts"])


@rule(UNANSWERED, page="room")
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
            found[post.by] = Finding(UNANSWERED, post.by, (post.id,), waited)
    return list(found.values())


def _author(said: Sequence[Post], target: str) -> str:
    return next((post.by for post in said if post.id == target), "")
