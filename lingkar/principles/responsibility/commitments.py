"""What members wanted to try, with what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from lingkar.principles.contract import Event
from lingkar.principles.responsibility.events import CommitmentReviewed, UcaGiven

DONE = 2


@dataclass(frozen=True)
class Commitment:
    """A plan, the place of its session in the row of sessions, and what its author said of it later."""

    plan: UcaGiven
    at: int
    review: CommitmentReviewed | None

    @property
    def is_kept(self) -> bool:
        return self.review is not None and self.review.result == DONE


def commitments(sessions: Sequence[Sequence[Event]]) -> list[Commitment]:
    """All plans, oldest first. `sessions` holds the events of each session, the earliest first."""
    reviews = {event.target: event for events in sessions for event in events if isinstance(event, CommitmentReviewed)}
    return [
        Commitment(event, at, reviews.get(event.id))
        for at, events in enumerate(sessions)
        for event in events
        if isinstance(event, UcaGiven) and event.action.strip()
    ]
