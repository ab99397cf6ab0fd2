"""Leak: what would tell strangers who somebody is. Public help lines are allowed."""

import re
from collections.abc import Sequence
from functools import lru_cache

from lingkar.lexicon import book, hint
from lingkar.lexicon.kinds import Leak, Reason
from lingkar.lexicon.normal import Normal

RETOLD = ("L_TELL", "L_WHERE L_WHAT")
"""Of each of these a word must stand there, or nothing was told on."""
SHORTEST_PHONE, LONGEST_PHONE = 8, 15
_DIGIT = re.compile(r"\d")
_DIGITS = re.compile(r"\D")


def leak(normal: Normal, text: str, roster: Sequence[str]) -> Leak:
    """The first thing of each kind that would tell who or where somebody is."""
    digits = len(_DIGITS.sub("", text)) if _DIGIT.search(text) else 0
    reasons: list[Reason] = []
    for kind, found in book.leaks().items():
        if not found.may_match(text, normal.known, digits):
            continue
        match = next(
            (one for one in found.pattern.finditer(text) if not (kind == "phone" and _public(one.group()))), None
        )
        if match:
            reasons.append({"span": match.span(), "rule": f"LEAK-{kind}", "id": found.id, "en": found.en})
    if names := _names(tuple(roster)):
        reasons.extend(_said("roster", match.span()) for match in names.finditer(text))
    may_tell = not any(book.meanings(name).keys().isdisjoint(normal.known) for name in RETOLD)
    if may_tell and hint.hint("retell").score(normal.looked) > book.thresholds("leak")["alone"]:
        reasons.append(_said("retell", normal.span_of(*hint.hint("retell").strongest(normal.words))))
    return {"leak": bool(reasons), "reasons": reasons}


def _public(number: str) -> bool:
    digits = _DIGITS.sub("", number)
    return digits in book.public_numbers() or not SHORTEST_PHONE <= len(digits) <= LONGEST_PHONE


@lru_cache(maxsize=64)
def _names(roster: tuple[str, ...]) -> re.Pattern[str] | None:
    full = [r"\s+".join(re.escape(part) for part in name.split()) for name in roster if " " in name.strip()]
    return re.compile(r"(?<!\w)(?:" + "|".join(full) + r")(?!\w)", re.IGNORECASE) if full else None


def _said(kind: str, span: tuple[int, int]) -> Reason:
    said = book.sentences("leak")[kind]
    return {"span": span, "rule": f"LEAK-{kind}", "id": said["id"], "en": said["en"]}
