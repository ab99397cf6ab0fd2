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
    if shut_now := shut_stage(room):
        return shut_now
    if card.to == card.by:
        return Shut("FEEDBACK-SELF")
    ready = [event.ready for event in room if isinstance(event, Readiness) and event.by == card.to]
    if not ready or not ready[-1]:
        return Shut("FEEDBACK-NOT-READY")
    appreciated = any(other.to == card.to and not other.corrective for other in given)
    if card.corrective and session_number <= EARLY_SESSIONS and not appreciated:
        return Shut("FEEDBACK-APPRECIATE-FIRST")
    return None


def shut_stage(room: Sequence[Event]) -> Shut | None:
    """Cards open from the working stage on."""
    stages = [event.stage for event in room if isinstance(event, StageMoved)]
    return None if stages and stages[-1] in OPEN_STAGES else Shut("FEEDBACK-STAGE")


@rule("FEEDBACK-2", page="cards")
def must_wait(words: str) -> bool:
    """An attack on its receiver stops until a human decides (design, section 2), also in the answer to a card."""
    return bool(lexicon.attack(words)["attack"])
