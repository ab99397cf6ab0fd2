"""The five limits of confidentiality and the three situations of the teach-back, in the reader's language.

Texts carry a version: a promise is signed against it. Source of the limits: domain.md, section b.
"""

from collections.abc import Sequence
from dataclasses import dataclass

VERSION = "1"


@dataclass(frozen=True)
class Situation:
    """`options` by id; `right` is the id that shows the limits were understood."""

    id: str
    options: tuple[str, ...]
    right: str


LIMITS = ("life", "threat", "child", "court", "supervision")
SITUATIONS = (
    Situation("friend", ("nameless", "ask-them", "funny"), "ask-them"),
    Situation("danger", ("nobody", "told-first", "everybody"), "told-first"),
    Situation("others", ("cannot-promise", "all-promise", "software"), "cannot-promise"),
)
WORDED = Situation("worded", ("threat", "life", "child"), "life")
"""Asks for the first limit as it is worded here; its options are what three of the limits say."""


def situations(own_limits: Sequence[str] = ()) -> tuple[Situation, ...]:
    """The three that match the text: where the organisation says otherwise who is told, that is what is asked."""
    if not own_limits or not own_limits[0]:
        return SITUATIONS
    return tuple(WORDED if situation.id == "danger" else situation for situation in SITUATIONS)
