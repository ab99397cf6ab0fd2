"""Text checks: pure functions over rules that are data. They miss and they misfire; nothing depends on them alone."""

from collections.abc import Sequence
from functools import lru_cache

from lingkar.lexicon import private, risk, words
from lingkar.lexicon.kinds import Attack, Feedback, Leak, Reason, Safety, Theme
from lingkar.lexicon.normal import Normal, normalise

__all__ = [
    "Attack",
    "Feedback",
    "Leak",
    "Reason",
    "Safety",
    "Theme",
    "attack",
    "feedback",
    "forget_last",
    "leak",
    "safety",
    "theme",
]


@lru_cache(maxsize=1)
def _normal(text: str) -> Normal:
    """The last text once more, so that the checks of one post share one normalisation."""
    return normalise(text)


def safety(text: str) -> Safety:
    """The writer's own present risk 0 to 4, that of somebody they speak of, violence, abuse."""
    return risk.safety(_normal(text))


def attack(text: str) -> Attack:
    """Words that judge, blame, belittle, mock or dismiss a person."""
    return words.attack(_normal(text), text)


def feedback(text: str) -> Feedback:
    """Four qualities of a feedback card, with reasons and hints."""
    return words.feedback(_normal(text), text)


def theme(text: str) -> Theme:
    """What a text is about, the likeliest first."""
    return words.theme(_normal(text))


def leak(text: str, roster: Sequence[str] = ()) -> Leak:
    """Numbers, addresses, accounts, full names, and retelling what was said in a session."""
    return private.leak(_normal(text), text, roster)


def forget_last() -> None:
    """The last text is read anew: for measuring, and after the words of this installation changed."""
    _normal.cache_clear()
