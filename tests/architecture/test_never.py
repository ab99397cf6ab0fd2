"""Nothing ranks, scores or predicts a person: every field that a member can read stands here."""

import re
from dataclasses import fields

from lingkar.circle import rules
from lingkar.groups.audience import Audience
from lingkar.principles.contract import Event

READ_BY_MEMBERS = (Audience.ROOM, Audience.PAIR, Audience.AUTHOR)
SHARED = {field.name for field in fields(Event)}
FIELDS = {
    "AnswerGiven": {"round"}, "Admitted": {"member", "name", "seat"},
    "CardAnswered": {"helped", "question", "target", "to"},
    "CardDecided": {"advice", "decision", "giver", "target"}, "CardRound": {"pairs"},
    "CardSent": {"corrective", "effect", "saw", "to", "wish"}, "Departed": {"member"}, "DifferenceValued": {"target"},
    "GoodbyeSaid": {"text"}, "HandRaised": {"up"}, "LimitsAffirmed": set(), "LimitsExplained": set(),
    "MeToo": {"target"},
    "MeTooShown": {"counts"}, "Nameless": {"text", "theme"}, "NormAnswered": {"agrees", "objection", "target"},
    "NormProposed": {"text"}, "NormsAgreed": {"version"}, "Passed": set(), "PauseAsked": set(), "PauseSet": {"on"},
    "PickingStarted": {"themes"}, "Post": {"reply_to", "text"}, "PrivateNote": {"text"}, "Readiness": {"ready"},
    "ReflectionWritten": {"text"}, "RoundEnded": {"round"}, "RoundStarted": {"order", "question", "together", "why"},
    "RuptureAnswered": {"target", "text"}, "RuptureRaised": {"text"}, "RuptureSettled": {"better", "target"},
    "SessionClosed": set(), "StageMoved": {"again", "minutes", "stage"}, "StrengthsChosen": {"strengths"},
    "StrengthsShared": {"strengths"}, "Thinking": set(), "ThreadsShown": {"threads"}, "TurnMoved": {"turn"},
    "Withdrawn": {"target"},
}  # fmt: skip
"""Somebody's own words or acts, or a count that names nobody. A new field is decided on here before it is shown."""
FORBIDDEN = re.compile(r"score|rank|grade|predict|probab|risk|rating|points|level|streak|badge")


def readable() -> dict[str, set[str]]:
    kinds = {name: kind for name, kind in rules.KINDS.items() if kind.audience in READ_BY_MEMBERS}
    return {name: {field.name for field in fields(kind)} - SHARED for name, kind in kinds.items()}


def test_every_field_that_a_member_can_read_was_decided_on():
    assert readable() == FIELDS


def test_none_of_them_ranks_scores_or_predicts():
    assert [(name, field) for name, known in readable().items() for field in known if FORBIDDEN.search(field)] == []


def test_the_control_would_be_found():
    assert FORBIDDEN.search("risk_score")
    assert not FORBIDDEN.search("question")
