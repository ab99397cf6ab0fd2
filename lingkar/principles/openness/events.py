"""Words and the ways to speak them."""

from dataclasses import dataclass

from lingkar.groups.audience import Audience
from lingkar.principles.contract import Event


@dataclass(frozen=True, kw_only=True)
class Post(Event):
    """By chosen name, to the circle or in reply to a post's id."""

    audience = Audience.ROOM
    is_words = True
    text: str
    reply_to: str = ""


@dataclass(frozen=True, kw_only=True)
class Nameless(Event):
    """Out of the bowl: `by` is empty and `at` is when the bowl was opened. As a theme it has no words."""

    audience = Audience.ROOM
    text: str
    theme: str = ""


@dataclass(frozen=True, kw_only=True)
class BowlNote(Event):
    """A nameless word as the counsellors hold it, with its author. `stays` keeps it out of the circle.

    With a `theme` the circle gets that alone, and the words stay with the counsellors.
    """

    audience = Audience.COUNSELLORS
    is_words = True
    is_shown_later = True
    text: str
    stays: bool = False
    theme: str = ""


@dataclass(frozen=True, kw_only=True)
class BowlOpened(Event):
    """Which notes came out, and under which ids the circle has them, in the same order."""

    audience = Audience.COUNSELLORS
    notes: tuple[str, ...]
    shown: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class NamelessTakenBack(Event):
    """A nameless word left the circle again because its author took it back; `target` is its id there."""

    audience = Audience.COUNSELLORS
    target: str


@dataclass(frozen=True, kw_only=True)
class Whisper(Event):
    """To the counsellor alone."""

    audience = Audience.COUNSELLORS
    is_words = True
    text: str
    reply_to: str = ""


@dataclass(frozen=True, kw_only=True)
class Passed(Event):
    """The right to pass: as good as any answer."""

    audience = Audience.ROOM


@dataclass(frozen=True, kw_only=True)
class RoundStarted(Event):
    """A go-round in the order of the seats, with what is asked and why.

    `together`: nobody's answer shows before the round ends; there are no turns.
    """

    audience = Audience.ROOM
    by_counsellor_only = True
    order: tuple[str, ...]
    question: str = ""
    why: str = ""
    together: bool = False


@dataclass(frozen=True, kw_only=True)
class TurnMoved(Event):
    audience = Audience.ROOM
    by_counsellor_only = True
    turn: str


@dataclass(frozen=True, kw_only=True)
class RoundEnded(Event):
    """With a `round` it ends that one and no other."""

    audience = Audience.ROOM
    by_counsellor_only = True
    round: str = ""


@dataclass(frozen=True, kw_only=True)
class RoundAnswered(Event):
    """An answer that the counsellors hold until the round with the id `round` ends; then it is a `Post`."""

    audience = Audience.COUNSELLORS
    is_words = True
    is_shown_later = True
    text: str
    round: str


@dataclass(frozen=True, kw_only=True)
class RoundPassed(Event):
    """The same without words: until the end nobody but the counsellors can tell it from an answer."""

    audience = Audience.COUNSELLORS
    round: str


@dataclass(frozen=True, kw_only=True)
class AnswerGiven(Event):
    """One more has answered or passed, whichever it was and whoever it was."""

    audience = Audience.ROOM
    round: str


@dataclass(frozen=True, kw_only=True)
class Thinking(Event):
    """Still thinking: presence without words."""

    audience = Audience.ROOM


@dataclass(frozen=True, kw_only=True)
class BowlWanted(Event):
    """The counsellor is here: open the bowl if it may be opened. Never kept."""

    audience = Audience.COUNSELLORS
    by_counsellor_only = True
