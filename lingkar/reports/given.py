"""Cards over all sessions: a member's own, given and got; for the counsellor, the check beside what receivers say."""

from collections.abc import Sequence
from dataclasses import dataclass

from lingkar import lexicon
from lingkar.circle import cards, past
from lingkar.circle.cards import Card
from lingkar.groups.access import Place
from lingkar.principles.contract import Reading
from lingkar.principles.feedback import gauge, guide


@dataclass(frozen=True)
class Given:
    """One session's cards that this reader may open."""

    number: int
    cards: tuple[Card, ...]


def given(where: Place) -> list[Given]:
    """Session by session, the earliest first; sessions without cards are left out."""
    found = [(session.number, tuple(cards.cards(where, session))) for session in past.held(where)]
    return [Given(number, some) for number, some in found if some]


def reading(card: Card) -> dict[str, bool]:
    """The four qualities as the text check reads them today."""
    return guide.qualities(lexicon.feedback(card.card.words))


def qualities(some: Sequence[Card]) -> dict[str, int]:
    """How many of these cards have each quality, and how many there are, under `cards`."""
    read = [reading(card) for card in some]
    names = ("supportive", "specific", "actionable", "gentle")
    return {"cards": len(read), **{name: sum(one[name] for one in read) for name in names}}


def agreement(found: Sequence[Given]) -> Reading:
    """FEEDBACK-6 over all answered cards."""
    answered = [one for some in found for one in some.cards if one.answer]
    return gauge.agreement(
        [(one.answer.id, all(reading(one).values()), one.answer.helped) for one in answered if one.answer]
    )


def left_out(found: Sequence[Given], members: Sequence[str]) -> tuple[list[str], list[str]]:
    """Members who gave no card yet, and members who got none; empty while there are no cards at all."""
    some = [one.card for session in found for one in session.cards]
    if not some:
        return [], []
    givers, receivers = {card.by for card in some}, {card.to for card in some}
    return [one for one in members if one not in givers], [one for one in members if one not in receivers]
