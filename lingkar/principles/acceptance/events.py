"""What became of a question before judging words."""

from dataclasses import dataclass

from lingkar.groups.audience import Audience
from lingkar.principles.contract import Event


@dataclass(frozen=True, kw_only=True)
class Insisted(Event):
    """Its author sent it after a guide's remark on judging words."""

    audience = Audience.COUNSELLORS
    about: str
    rule: str


@dataclass(frozen=True, kw_only=True)
class NudgeAnswered(Event):
    """What became of a guide's remark: "softened" or "withdrawn". Without the words, and without whose they were."""

    audience = Audience.COUNSELLORS
    unnamed = True
    rule: str
    answer: str
