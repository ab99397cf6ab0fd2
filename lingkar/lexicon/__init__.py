"""First text checks: small lists with a clause-wise negation. They miss much; nothing depends on them alone."""

import re
import tomllib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, TypedDict

DATA = Path(__file__).parent / "data" / "first.toml"


class Reason(TypedDict):
    """`span` is (start, end) in the original text; one sentence a language."""

    span: tuple[int, int]
    rule: str
    id: str
    en: str


class Safety(TypedDict):
    level: int
    violence: bool
    abuse: bool
    other_risk: int
    score: float
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


class Leak(TypedDict):
    leak: bool
    reasons: list[Reason]


@lru_cache(maxsize=1)
def _book() -> dict[str, Any]:
    return tomllib.loads(DATA.read_text())


@lru_cache(maxsize=64)
def _pattern(section: str, name: str) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(_book()[section][name]) + r")\b", re.IGNORECASE)


def _reason(match: re.Match[str], section: str, rule: str) -> Reason:
    sentence = _book()[section]["sentence"]
    return {"span": match.span(), "rule": rule, "id": sentence["id"], "en": sentence["en"]}


def _unmodified(text: str, section: str, name: str) -> re.Match[str] | None:
    """The first hit whose clause neither denies it nor puts it in the past."""
    for match in _pattern(section, name).finditer(text):
        clause = re.split(r"[.!?;,\n]", text[: match.start()])[-1]
        if not _pattern(section, "undone").search(clause):
            return match
    return None


def safety(text: str) -> Safety:
    """The writer's own present risk, 0 to 4."""
    reasons = []
    level = 0
    for candidate in (4, 3, 2, 1):
        match = _unmodified(text, "safety", f"level{candidate}")
        if match:
            level = candidate
            reasons.append(_reason(match, "safety", f"SAFETY-{candidate}"))
            break
    return {
        "level": level,
        "violence": bool(_unmodified(text, "safety", "violence")),
        "abuse": bool(_unmodified(text, "safety", "abuse")),
        "other_risk": 0,
        "score": level / 4,
        "reasons": reasons,
    }


def attack(text: str) -> Attack:
    """Words that judge, mock or belittle the person spoken to."""
    match = _unmodified(text, "attack", "words")
    return {
        "attack": bool(match),
        "score": 1.0 if match else 0.0,
        "reasons": [_reason(match, "attack", "ATTACK-1")] if match else [],
    }


def leak(text: str, roster: Sequence[str] = ()) -> Leak:
    """Phone numbers, mail addresses, handles, or a full name of somebody on the roster."""
    names = [re.escape(name) for name in roster if " " in name.strip()]
    patterns = [re.compile(pattern) for pattern in _book()["leak"]["patterns"]]
    if names:
        patterns.append(re.compile(r"\b(?:" + "|".join(names) + r")\b", re.IGNORECASE))
    for pattern in patterns:
        match = pattern.search(text)
        if match and match.group().strip(" -.") not in _book()["leak"]["public"]:
            return {"leak": True, "reasons": [_reason(match, "leak", "LEAK-1")]}
    return {"leak": False, "reasons": []}


def feedback(text: str) -> Feedback:
    """Four qualities of a feedback card, and one hint for each that is missing."""
    attacking = attack(text)["attack"]
    seen = {name: bool(_pattern("feedback", name).search(text)) for name in ("supportive", "specific", "actionable")}
    hints = [_book()["feedback"]["hints"][name] for name, found in seen.items() if not found]
    return {
        "supportive": seen["supportive"] and not attacking,
        "specific": seen["specific"],
        "actionable": seen["actionable"],
        "attacking": attacking,
        "reasons": [],
        "hints": hints,
    }
