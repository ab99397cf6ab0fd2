"""The feedback card: from one member to another, with the counsellors reading along."""

from dataclasses import dataclass

from lingkar.groups.audience import Audience
from lingkar.principles.contract import Event


@dataclass(frozen=True, kw_only=True)
class Readiness(Event):
    """I am ready to receive feedback, or not now."""

    audience = Audience.ROOM
    ready: bool


@dataclass(frozen=True, kw_only=True)
class CardRound(Event):
    """Everybody who is ready gives one card and gets one: `giver>receiver` for each."""

    audience = Audience.ROOM
    by_counsellor_only = True
    pairs: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class CardSent(Event):
    """Three parts: what I saw or heard, what it did to me, and what I value (or, corrective, what might help)."""

    audience = Audience.PAIR
    to: str
    saw: str
    effect: str
    wish: str
    corrective: bool

    @property
    def words(self) -> str:
        return "\n".join((self.saw, self.effect, self.wish))


@dataclass(frozen=True, kw_only=True)
class CardHeld(Event):
    """A card that attacks its receiver waits for the counsellor: released, coached back or declined."""

    audience = Audience.COUNSELLORS
    to: str
    saw: str
    effect: str
    wish: str
    corrective: bool

    @property
    def words(self) -> str:
        return "\n".join((self.saw, self.effect, self.wish))


@dataclass(frozen=True, kw_only=True)
class CardDecided(Event):
    """What the counsellor did with a held card: "released", "coached" (with a word to its giver) or "declined"."""

    audience = Audience.PAIR
    by_counsellor_only = True
    target: str
    giver: str
    decision: str
    advice: str = ""


@dataclass(frozen=True, kw_only=True)
class CardAnswered(Event):
    """The receiver thanks, asks back, and says whether it helped: 2 yes, 1 a little, 0 no."""

    audience = Audience.PAIR
    target: str
    to: str
    helped: int
    question: str = ""

    @property
    def words(self) -> str:
        return self.question
