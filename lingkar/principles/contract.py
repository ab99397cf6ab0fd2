"""What the principles share: an event, a shut gate, a guide's remark, a gauge's finding, and the table of rules."""

import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, ClassVar

from lingkar.groups.audience import Audience
from lingkar.lexicon import Reason


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something said or marked in a session. Subclasses name their audience and add their fields.

    `after_close`: may still be given when the session is over; `after_end`: only when the group is.
    `unnamed`: those who read it do not learn whose it is. `is_words`: who said it may take it back. `is_shown_later`:
    sealed to the counsellors now, and to the circle when its time has come. `is_between`: may be given between
    meetings. `id` is the UUID made by whoever sent it, `by` the author's membership (empty for nameless words), `at`
    Unix seconds, `number` its place among the events of its audience (0 before it is kept).
    """

    audience: ClassVar[Audience]
    by_counsellor_only: ClassVar[bool] = False
    after_close: ClassVar[bool] = False
    after_end: ClassVar[bool] = False
    unnamed: ClassVar[bool] = False
    is_words: ClassVar[bool] = False
    is_shown_later: ClassVar[bool] = False
    is_between: ClassVar[bool] = False
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
    """What a gate or guide may know besides the event: names in the circle and the author's, never what others said.

    `session` is its number in the group; 0 where it does not matter.
    """

    roster: tuple[str, ...]
    name: str = ""
    session: int = 0


@dataclass(frozen=True)
class Shut:
    """A gate that stays closed: the rule's id, which names the sentence shown."""

    rule: str


@dataclass(frozen=True)
class Remark:
    """A guide's one remark before sending. `span` is (start, end) in the words; `sentences` and `gentler` by language.

    `gentler` is another way to say it.
    """

    rule: str
    strength: float
    span: tuple[int, int]
    sentences: dict[str, str]
    gentler: dict[str, str]


@dataclass(frozen=True)
class Finding:
    """What a gauge saw: the rule's id, whom it concerns, and the ids of the events it opens to."""

    rule: str
    member: str
    evidence: tuple[str, ...]
    seconds: float = 0.0


@dataclass(frozen=True)
class Sight:
    """What a gauge may look at: a session's events in order, and the memberships that were let in (no counsellor)."""

    events: tuple[Event, ...]
    members: tuple[str, ...]

    def of[E: Event](self, kind: type[E]) -> list[E]:
        """Events of one kind, in order."""
        return [event for event in self.events if isinstance(event, kind)]


@dataclass(frozen=True)
class Reading:
    """A figure as part of a whole, with the ids of the events it opens to. A whole of 0: no evidence yet."""

    rule: str
    part: int
    whole: int
    evidence: tuple[str, ...]

    @property
    def share(self) -> float | None:
        """0 to 1; None where there is nothing to go by."""
        return self.part / self.whole if self.whole else None


@dataclass(frozen=True)
class Rule:
    """One gate, guide or gauge: its id, the route of the page where people meet it, and the function that decides."""

    id: str
    page: str
    decides: Callable[..., Any]

    @property
    def principle(self) -> str:
        """The package it stands in."""
        return self.decides.__module__.split(".")[-2]

    @property
    def kind(self) -> str:
        """The module it stands in: gate, guide or gauge."""
        return self.decides.__module__.split(".")[-1]


RULES: dict[str, Rule] = {}
"""Every rule whose module was imported, by id."""


def rule[C: Callable[..., Any]](name: str, page: str) -> Callable[[C], C]:
    """Enters a function into `RULES`, which `lingkar principles` and `script/prove matrix` read."""

    def enter(decides: C) -> C:
        RULES[name] = Rule(name, page, decides)
        return decides

    return enter


type Gate = Callable[[Event, Setting], Shut | None]
type Guide = Callable[[Event, Setting], Remark | None]
type Gauge = Callable[[Sight], Reading]


def remark(rule: str, strength: float, reasons: Sequence[Reason], gentler: Path) -> Remark:
    """A check's first reason as a guide's remark, with the gentler words of a data file."""
    reason = reasons[0]
    words = next(one for one in _gentler(gentler) if reason["rule"].startswith(one["rule"]))
    said = {"id": reason["id"], "en": reason["en"]}
    return Remark(rule, strength, reason["span"], said, {"id": words["id"], "en": words["en"]})


@lru_cache(maxsize=4)
def _gentler(path: Path) -> tuple[dict[str, str], ...]:
    return tuple(tomllib.loads(path.read_text(encoding="utf-8"))["gentler"])
