"""FEEDBACK-1: when a card may be sent. FEEDBACK-2: which one waits for a human."""

from collections.abc import Sequence

from lingkar import lexicon
from lingkar.principles.contract import Event, Shut, rule
from lingkar.principles.feedback.events import CardSent, Readiness
from lingkar.principles.trust.events import StageMoved

EARLY_SESSIONS = 2
OPEN_STAGES = ("working", "closing")


@rule("FEEDBACK-1", page="cards")
def shut(card: CardSent, room: Sequence[Event], given: Sequence[CardSent], session_number: int) -> Shut | None:
    """Why this card cannot be given now: the stage, the receiver, or appreciation that should come first.

    Positive before corrective, above all early: Morran and Stockton (domain.md, section e3).
    """
    stages = [event.stage for event in room if isinstance(event, StageMoved)]
    if not stages or stages[-1] not in OPEN_STAGES:
        return Shut("FEEDBACK-STAGE")
    if card.to == card.by:
        return Shut("FEEDBACK-SELF")
    ready = [event.ready for event in room if isinstance(event, Readiness) and event.by == card.to]
    if not ready or not ready[-1]:
        return Shut("FEEDBACK-NOT-READY")
    appreciated = any(other.to == card.to and not other.corrective for other in given)
    if card.corrective and session_number <= EARLY_SESSIONS and not appreciated:
        return Shut("FEEDBACK-APPRECIATE-FIRST")
    return None


@rule("FEEDBACK-2", page="cards")
def must_wait(card: CardSent) -> bool:
    """An attack on its receiver stops until a human decides (design, section 2)."""
    return bool(lexicon.attack(card.words)["attack"])
