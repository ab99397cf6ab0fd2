"""Leak: what would tell strangers who somebody is. Public help lines are allowed."""

import re
from collections.abc import Sequence
from functools import lru_cache

from lingkar.lexicon import book
from lingkar.lexicon.kinds import Leak, Reason
from lingkar.lexicon.normal import Normal

SHORTEST_PHONE, LONGEST_PHONE = 8, 15
_DIGITS = re.compile(r"\D")


def leak(normal: Normal, text: str, roster: Sequence[str]) -> Leak:
    """The first thing of each kind that would tell who or where somebody is."""
    has_digit = any(letter.isdigit() for letter in text)
    reasons: list[Reason] = []
    for kind, found in book.leaks().items():
        if not found.may_match(text, has_digit=has_digit):
            continue
        match = next(
            (one for one in found.pattern.finditer(text) if not (kind == "phone" and _public(one.group()))), None
        )
        if match:
            reasons.append({"span": match.span(), "rule": f"LEAK-{kind}", "id": found.id, "en": found.en})
    if names := _names(tuple(roster)):
        reasons.extend(_said("roster", match.span()) for match in names.finditer(text))
    retold = book.retell().search(normal.text)
    if retold and " jangan " not in normal.text[: retold.start() + 1]:
        reasons.append(_said("retell", normal.span(retold.start() + 1, retold.end())))
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
