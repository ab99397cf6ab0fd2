"""FEEDBACK-4: how many cards helped, as their receivers say. It judges the checker, too."""

from lingkar.principles.contract import Reading, Sight, rule
from lingkar.principles.feedback.events import CardAnswered, CardSent

RULE = "FEEDBACK-4"
HELPED = 2


@rule(RULE, page="wheel")
def gauge(sight: Sight) -> Reading:
    """Answered cards that helped, of cards that were answered."""
    cards = {card.id for card in sight.of(CardSent)}
    answers = {answer.target: answer for answer in sight.of(CardAnswered) if answer.target in cards}
    helped = [answer for answer in answers.values() if answer.helped == HELPED]
    return Reading(RULE, len(helped), len(answers), tuple(answer.id for answer in helped))
