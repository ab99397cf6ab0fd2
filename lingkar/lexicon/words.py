"""Attack, feedback and theme: words that reach a person, what a card does well, and what a text is about."""

import re

from lingkar.lexicon import book
from lingkar.lexicon.kinds import Attack, Feedback, Reason, Theme
from lingkar.lexicon.normal import Normal

QUALITIES = ("supportive", "specific", "actionable")
DENIED = re.compile(r" (?:tidak|bukan|jangan|not|never|no) (?:[^| ]+ ){0,2}$")
_QUOTED = re.compile(r"[\"“«‘']([^\"”»’']{3,200})[\"”»’']")


def attack(normal: Normal, text: str) -> Attack:
    """Judging, blaming, belittling, dismissing a person; not pain turned on oneself, not what somebody else said."""
    for rule in book.rules("attack"):
        if rule.needs and not rule.needs & normal.words:
            continue
        for match in rule.pattern.finditer(normal.text):
            span = normal.span(match.start() + 1, match.end())
            if not _spared(normal.text, match.start(), match.group()) and not _is_quoted(text, span):
                return {"attack": True, "score": 1.0, "reasons": [_reason(rule.id, span)]}
    return {"attack": False, "score": 0.0, "reasons": []}


def _reason(rule: str, span: tuple[int, int]) -> Reason:
    said = book.sentences("attack")["attack"]
    return {"span": span, "rule": rule, "id": said["id"], "en": said["en"]}


def _spared(text: str, at: int, match: str) -> bool:
    before = text[text.rfind(" || ", 0, at + 1) + 3 if " || " in text[: at + 1] else 0 : at + 1]
    clause = before[before.rfind(" | ") + 2 :] if " | " in before else before
    if (
        book.frame(r" {SAID} (?:[^|]* )?$").search(clause)
        or DENIED.search(clause)
        or book.lone("spared", "attack").search(match + " ")
    ):
        return True
    return bool(book.frame(r" {MINE} (?:[^| ]+ ){0,2}$").search(clause)) and " kamu" not in match


def _is_quoted(text: str, span: tuple[int, int]) -> bool:
    return any(found.start() <= span[0] and span[1] <= found.end() for found in _QUOTED.finditer(text))


def feedback(normal: Normal, text: str) -> Feedback:
    """Supportive, specific, something to try, not attacking; a hint for each quality that is missing."""
    attacking = attack(normal, text)["attack"]
    found = {name: book.pattern(name.upper()).search(normal.text) for name in QUALITIES}
    seen = {name: bool(match) for name, match in found.items()}
    seen["supportive"] = seen["supportive"] and not attacking
    said = book.sentences("feedback")
    reasons: list[Reason] = [
        {
            "span": normal.span(match.start() + 1, match.end()),
            "rule": f"FEEDBACK-{name}",
            "id": said[f"has-{name}"]["id"],
            "en": said[f"has-{name}"]["en"],
        }
        for name, match in found.items()
        if match
    ]
    return {
        "supportive": seen["supportive"],
        "specific": seen["specific"],
        "actionable": seen["actionable"],
        "attacking": attacking,
        "reasons": reasons,
        "hints": [_both(said[name]) for name in QUALITIES if not seen[name]],
    }


def _both(sentence: dict[str, str]) -> dict[str, str]:
    return {"id": sentence["id"], "en": sentence["en"]}


def theme(normal: Normal) -> Theme:
    """Themes, the most spoken of first."""
    counts = {name: [*pattern.finditer(normal.text)] for name, pattern in _themes().items()}
    best = sorted((name for name in counts if counts[name]), key=lambda name: -len(counts[name]))
    said = book.sentences("theme")["theme"]
    reasons: list[Reason] = [
        {
            "span": normal.span(counts[name][0].start() + 1, counts[name][0].end()),
            "rule": f"THEME-{name}",
            "id": said["id"],
            "en": said["en"],
        }
        for name in best
    ]
    return {"themes": best, "reasons": reasons}


def _themes() -> dict[str, re.Pattern[str]]:
    names = [name for name in book.classes() if name.startswith("THEME_")]
    return {name.removeprefix("THEME_").lower(): book.pattern(name) for name in names}
