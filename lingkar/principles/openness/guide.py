"""OPENNESS-3: a moment to cool down before something very deep is said early. Its author may always go on.

Deep disclosure before a group trusts itself is often regretted, and makes others withdraw (domain.md, section e3).
"""

import re
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Any

from lingkar.principles.contract import Event, Remark, Setting, rule
from lingkar.principles.openness.events import Post, RoundAnswered

RULE = "OPENNESS-3"
DATA = Path(__file__).parent / "data" / "deep.toml"
STRENGTH = 0.3


@rule(RULE, page="room")
def guide(event: Event, setting: Setting) -> Remark | None:
    """Only for what somebody tells of themselves under their name, in the first sessions of a group."""
    read = _deep()
    is_own = isinstance(event, RoundAnswered) or (isinstance(event, Post) and not event.reply_to)
    if not is_own:
        return None
    if not 0 < setting.session <= read["sessions"]:
        return None
    found = _pattern().search(event.words)
    return Remark(RULE, STRENGTH, found.span(), read["sentence"], read["gentler"]) if found else None


@lru_cache(maxsize=1)
def _deep() -> dict[str, Any]:
    return tomllib.loads(DATA.read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    return re.compile("|".join(rf"\b(?:{words})\b" for words in _deep()["words"]), re.IGNORECASE)
