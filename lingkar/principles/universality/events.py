"""Red threads: themes that members pick for themselves, and what the circle learns of them."""

from dataclasses import dataclass

from lingkar.groups.audience import Audience
from lingkar.principles.contract import Event

THEMES = (
    "family", "school", "grief", "loneliness", "bullying", "romance", "identity", "money", "future", "health",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class PickingStarted(Event):
    """A round in which everybody may pick what they carry, too; `themes` are ids."""

    audience = Audience.ROOM
    by_counsellor_only = True
    themes: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ThreadsPicked(Event):
    """What somebody carries; read by the counsellors alone. A later pick in the same round stands for the earlier."""

    audience = Audience.COUNSELLORS
    themes: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class PickingEnded(Event):
    """The counsellor ends the round; the counts are made in the write path and never live."""

    audience = Audience.COUNSELLORS
    by_counsellor_only = True


@dataclass(frozen=True, kw_only=True)
class ThreadsShown(Event):
    """What at least three carry, as `theme=count`; published once a round and naming nobody."""

    audience = Audience.ROOM
    by_counsellor_only = True
    threads: tuple[str, ...]


STRENGTHS = (
    "listens", "honest", "funny", "patient", "brave", "tidy", "curious", "creative", "loyal", "fair", "calm", "strong",
    "helpful", "hardworking", "kind", "forgiving", "thankful", "faithful", "leads", "learns", "observes", "dreams",
    "keeps-word", "tries-again",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class StrengthsChosen(Event):
    """What is mine: strengths and values somebody finds in themselves. For themselves alone; a later choice stands."""

    audience = Audience.AUTHOR
    is_between = True
    strengths: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class StrengthsShared(Event):
    """The same to the circle, by name, when somebody wants to show it."""

    audience = Audience.ROOM
    strengths: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class MeTooCounted(Event):
    """The same without a name: sealed to the counsellors, shown to the circle as a count of three or more."""

    audience = Audience.COUNSELLORS
    target: str


@dataclass(frozen=True, kw_only=True)
class MeTooShown(Event):
    """How many carry what these words say, as `post=count`; published once, when the closing begins."""

    audience = Audience.ROOM
    by_counsellor_only = True
    counts: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class DifferenceValued(Event):
    """By name: with me it is different, and I value yours."""

    audience = Audience.ROOM
    target: str


@dataclass(frozen=True, kw_only=True)
class MeToo(Event):
    """By name: I carry something like this, too."""

    audience = Audience.ROOM
    target: str
