"""Events that belong to no single asas: safety, the pulse over all seven, and the counsellor's own note."""

from dataclasses import dataclass

from lingkar.groups.audience import Audience
from lingkar.principles.contract import Event


@dataclass(frozen=True, kw_only=True)
class Signal(Event):
    """The screen saw a sign of risk in these words; sealed to the counsellors, in full."""

    audience = Audience.COUNSELLORS
    about: str
    text: str
    level: int
    held: bool


@dataclass(frozen=True, kw_only=True)
class HeldPost(Event):
    """A post that the circle sees only when a counsellor lets it through; an answer not before its `round` ended."""

    audience = Audience.COUNSELLORS
    is_words = True
    text: str
    reply_to: str = ""
    round: str = ""


@dataclass(frozen=True, kw_only=True)
class HeldReleased(Event):
    """A counsellor lets a held post through; `target` is its id, `author` its author."""

    audience = Audience.COUNSELLORS
    by_counsellor_only = True
    target: str
    author: str


@dataclass(frozen=True, kw_only=True)
class SignalSeen(Event):
    """A counsellor has taken notice of a signal."""

    audience = Audience.COUNSELLORS
    by_counsellor_only = True
    target: str


@dataclass(frozen=True, kw_only=True)
class FlagJudged(Event):
    """A counsellor found that a check was wrong about some words: `target` is their id, `check` safety or attack."""

    audience = Audience.COUNSELLORS
    by_counsellor_only = True
    after_close = True
    target: str
    check: str


@dataclass(frozen=True, kw_only=True)
class PrivateNote(Event):
    """The counsellor's note to themselves."""

    audience = Audience.AUTHOR
    is_words = True
    by_counsellor_only = True
    text: str


@dataclass(frozen=True, kw_only=True)
class PulseGiven(Event):
    """How the session felt: one answer an asas and one for belonging, 1 to 5, 0 for passed. Not a standardised scale.

    Whoever reads it does not learn whose it is; their own copy tells the author.
    """

    audience = Audience.COUNSELLORS
    after_close = True
    unnamed = True
    answers: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class GoodbyeSaid(Event):
    """A last word to the circle when the group is over."""

    audience = Audience.ROOM
    after_end = True
    text: str


@dataclass(frozen=True, kw_only=True)
class OutcomeGiven(Event):
    """Looking back on the whole: how much changed (1 to 5, 0 passed), and what helped or was missing."""

    audience = Audience.COUNSELLORS
    after_end = True
    change: int
    helped: str = ""

    @property
    def words(self) -> str:
        return self.helped


@dataclass(frozen=True, kw_only=True)
class CaseRaised(Event):
    """A signal on the group's safety desk: `source` is "words", "talk", "now" or "counsellor"."""

    audience = Audience.ALERT
    member: str
    name: str
    source: str
    level: int
    text: str = ""
    session: str = ""

    @property
    def words(self) -> str:
        return ""


@dataclass(frozen=True, kw_only=True)
class CaseStep(Event):
    """A counsellor moves a case on and says in a few words what was done; `level` is what asking brought out."""

    audience = Audience.ALERT
    by_counsellor_only = True
    case: str
    state: str
    text: str = ""
    level: int = 0

    @property
    def words(self) -> str:
        return ""


@dataclass(frozen=True, kw_only=True)
class SupervisionSealed(Event):
    """What the group's supervisor may know after the session with this number: sums as `rule=part/whole`.

    A sum that would tell of fewer than five is `rule=-`.
    """

    audience = Audience.ALERT
    by_counsellor_only = True
    session: int
    sums: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class CaseOpened(Event):
    """The group's backup opened a case that nobody had answered in time."""

    audience = Audience.ALERT
    case: str


@dataclass(frozen=True, kw_only=True)
class CaseTold(Event):
    """Somebody outside the circle was told: under which limit, who, and the least that was needed."""

    audience = Audience.ALERT
    by_counsellor_only = True
    case: str
    limit: str
    to: str
    text: str
    hidden_because: str = ""

    @property
    def words(self) -> str:
        return ""
