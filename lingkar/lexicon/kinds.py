"""What the checks return."""

from typing import TypedDict


class Reason(TypedDict):
    """`span` is (start, end) in the original text; one sentence a language."""

    span: tuple[int, int]
    rule: str
    id: str
    en: str


class Safety(TypedDict):
    """`offer`: not sure enough to say anything of it, but enough to offer its writer help, seen by nobody else."""

    level: int
    violence: bool
    abuse: bool
    other_risk: int
    score: float
    offer: bool
    reasons: list[Reason]


class Attack(TypedDict):
    attack: bool
    score: float
    reasons: list[Reason]


class Feedback(TypedDict):
    supportive: bool
    specific: bool
    actionable: bool
    attacking: bool
    reasons: list[Reason]
    hints: list[dict[str, str]]


class Theme(TypedDict):
    themes: list[str]
    reasons: list[Reason]


class Leak(TypedDict):
    leak: bool
    reasons: list[Reason]
