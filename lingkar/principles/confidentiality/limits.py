"""The five limits of confidentiality and the three situations of the teach-back, in the reader's language.

Texts carry a version: a promise is signed against it. Source of the limits: domain.md, section b.
"""

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
