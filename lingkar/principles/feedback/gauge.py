"""FEEDBACK-4: how many cards helped, as their receivers say.

FEEDBACK-6: how often the text check and the receiver agree, which judges the check and nobody else.
"""

from collections.abc import Sequence

from lingkar.principles.contract import Reading, Sight, rule
from lingkar.principles.feedback.events import CardAnswered, CardSent

RULE = "FEEDBACK-4"
AGREED = "FEEDBACK-6"
HELPED = 2


@rule(RULE, page="wheel")
def gauge(sight: Sight) -> Reading:
    """Answered cards that helped, of cards that were answered."""
    cards = {card.id for card in sight.of(CardSent)}
    answers = {answer.target: answer for answer in sight.of(CardAnswered) if answer.target in cards}
    helped = [answer for answer in answers.values() if answer.helped == HELPED]
    return Reading(RULE, len(helped), len(answers), tuple(answer.id for answer in helped))


@rule(AGREED, page="given")
def agreement(answers: Sequence[tuple[str, bool, int]]) -> Reading:
    """Cards read as good in all four qualities that helped, and cards read otherwise that did not, of answered cards.

    `answers`: each answer's id, whether its card was read as good in all four, and how it helped (0 to 2).
    """
    right = [answer for answer, is_good, helped in answers if is_good is (helped == HELPED)]
    return Reading(AGREED, len(right), len(answers), tuple(right))
