"""Norms that the group writes itself, and what became of a question before judging words."""

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


@dataclass(frozen=True, kw_only=True)
class NormProposed(Event):
    """A norm somebody wishes for, in their own words."""

    audience = Audience.ROOM
    is_words = True
    text: str


@dataclass(frozen=True, kw_only=True)
class NormAnswered(Event):
    """Agreement with a proposed norm, or an objection with its reason; a later answer stands."""

    audience = Audience.ROOM
    target: str
    agrees: bool
    objection: str = ""

    @property
    def words(self) -> str:
        return self.objection


@dataclass(frozen=True, kw_only=True)
class NormsAgreed(Event):
    """The sheet has a new version; everybody is asked to sign it."""

    audience = Audience.ROOM
    by_counsellor_only = True
    version: int


@dataclass(frozen=True, kw_only=True)
class AgreementSigned(Event):
    """A member's signature (hexadecimal) under a version of the sheet."""

    audience = Audience.COUNSELLORS
    is_between = True
    version: int
    signature: str
