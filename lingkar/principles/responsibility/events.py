"""Taking part: hands, coming and going."""

from dataclasses import dataclass

from lingkar.groups.audience import Audience
from lingkar.principles.contract import Event


@dataclass(frozen=True, kw_only=True)
class HandRaised(Event):
    audience = Audience.ROOM
    up: bool


@dataclass(frozen=True, kw_only=True)
class Admitted(Event):
    """The counsellor let somebody in; name and seat for those who were there before."""

    audience = Audience.ROOM
    by_counsellor_only = True
    member: str
    name: str
    seat: int


@dataclass(frozen=True, kw_only=True)
class Departed(Event):
    """Somebody is no longer in this session."""

    audience = Audience.ROOM
    by_counsellor_only = True
    member: str


@dataclass(frozen=True, kw_only=True)
class UcaGiven(Event):
    """Immediate result in the UCA shape (domain.md, glossary): understanding, comfort (1 to 5, 0 passed), action."""

    audience = Audience.COUNSELLORS
    after_close = True
    understanding: str
    comfort: int
    action: str

    @property
    def words(self) -> str:
        return f"{self.understanding}\n{self.action}".strip()


@dataclass(frozen=True, kw_only=True)
class CommitmentReviewed(Event):
    """What became of an earlier plan (the id of its `UcaGiven`): 2 done, 1 partly, 0 not yet, -1 passed."""

    audience = Audience.COUNSELLORS
    after_close = True
    target: str
    result: int
    happened: str = ""

    @property
    def words(self) -> str:
        return self.happened


@dataclass(frozen=True, kw_only=True)
class AttendancePlanned(Event):
    """Before a session: "yes", "maybe" or "no". The reason is the counsellors' alone; a later answer stands."""

    audience = Audience.COUNSELLORS
    is_between = True
    session: str
    coming: str
    reason: str = ""

    @property
    def words(self) -> str:
        return self.reason


@dataclass(frozen=True, kw_only=True)
class GoalSet(Event):
    """An own goal with five levels in own words, from much less (-2) over as hoped (0) to much more (+2)."""

    audience = Audience.COUNSELLORS
    is_words = True
    is_between = True
    text: str
    levels: tuple[str, ...]

    @property
    def words(self) -> str:
        return "\n".join((self.text, *self.levels))


@dataclass(frozen=True, kw_only=True)
class GoalRated(Event):
    """Where somebody stands on their own goal (the id of its `GoalSet`) today: -2 to 2."""

    audience = Audience.COUNSELLORS
    is_between = True
    target: str
    level: int


PASSED = "—"
"""The text of a reflection that was passed."""


@dataclass(frozen=True, kw_only=True)
class ReflectionWritten(Event):
    """One's own, sealed to oneself; nobody checks or reads it."""

    audience = Audience.AUTHOR
    is_words = True
    after_close = True
    text: str


@dataclass(frozen=True, kw_only=True)
class ReflectionShared(Event):
    """A copy given to the counsellors by choice; `of` is the note's id. Its author may take it back."""

    audience = Audience.COUNSELLORS
    is_words = True
    after_close = True
    text: str
    of: str = ""
