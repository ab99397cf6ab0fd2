"""What the principles share: an event, a shut gate, a guide's remark, a gauge's finding. Pure data."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from lingkar.groups.audience import Audience
from lingkar.lexicon import Reason


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something said or marked in a session. Subclasses name their audience and add their fields.

    `id` is the UUID made by whoever sent it, `by` the author's membership (empty for nameless words), `at` Unix
    seconds, `number` its place among the events of its audience (0 before it is kept).
    """

    audience: ClassVar[Audience]
    by_counsellor_only: ClassVar[bool] = False
    id: str
    by: str
    at: float
    number: int = 0

    @property
    def words(self) -> str:
        """What the checks read; empty for marks."""
        return str(getattr(self, "text", ""))


@dataclass(frozen=True)
class Setting:
    """What a gate or guide may know besides the event: the names in the circle, never what others said."""

    roster: tuple[str, ...]


@dataclass(frozen=True)
class Shut:
    """A gate that stays closed: the rule's id, which names the sentence shown."""

    rule: str


@dataclass(frozen=True)
class Remark:
    """A guide's one remark before sending. `span` is (start, end) in the words; `sentences` by language."""

    rule: str
    strength: float
    span: tuple[int, int]
    sentences: dict[str, str]


@dataclass(frozen=True)
class Finding:
    """What a gauge saw: the rule's id, whom it concerns, and the ids of the events it opens to."""

    rule: str
    member: str
    evidence: tuple[str, ...]
    seconds: float = 0.0


type Gate = Callable[[Event, Setting], Shut | None]
type Guide = Callable[[Event, Setting], Remark | None]
type Gauge = Callable[..., Sequence[Finding]]


def first_reason(reasons: Sequence[Reason]) -> tuple[tuple[int, int], dict[str, str]]:
    """Span and sentences of a check's first reason."""
    reason = reasons[0]
    return reason["span"], {"id": reason["id"], "en": reason["en"]}
