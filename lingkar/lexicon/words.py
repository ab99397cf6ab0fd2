"""Attack, feedback and theme: words that reach a person, what a card does well, and what a text is about."""

import re
from math import exp

from lingkar.lexicon import book, hint
from lingkar.lexicon.kinds import Attack, Feedback, Reason, Theme
from lingkar.lexicon.normal import Normal

QUALITIES = ("supportive", "specific", "actionable")
SLURS = "FOUL STRONG"
"""Classes whose words have the rules asked in any case."""
DENIED = re.compile(r" (?:tidak|bukan|jangan|not|never|no) (?:[^| ]+ ){0,2}$")
LIKELY = 0.12
"""Share of likelihood from which a theme is named at all."""
_QUOTED = re.compile(r"[\"“«‘']([^\"”»’']{3,200})[\"”»’']")


def attack(normal: Normal, text: str) -> Attack:
    """Judging, blaming, belittling, dismissing a person; not pain turned on oneself, not what somebody else said."""
    said = normal.sentences
    weighs = hint.hint("attack")
    rough = weighs.score(normal.looked)
    limits = book.thresholds("attack")
    asked = rough > limits["far_off"] or not book.meanings(SLURS).keys().isdisjoint(normal.known)
    found = plain(normal, text) if asked else None
    score = rough + (weighs.marked([f"r:{found[0]}"]) if found else 0.0)
    alone = limits["alone"] if sum(map(len, said)) >= limits["fewest"] else float("inf")
    if score < (limits["beside_rule"] if found else alone):
        return {"attack": False, "score": 0.0, "reasons": []}
    rule, span = found or ("ATTACK-hint", normal.span_of(*weighs.strongest(normal.words)))
    return {"attack": True, "score": 1 / (1 + exp(-score)), "reasons": [_reason(rule, span)]}


def plain(normal: Normal, text: str) -> tuple[str, tuple[int, int]] | None:
    """The first rule that matches and is not spared, with its place."""
    for rule in book.rules("attack"):
        if rule.needs and not rule.needs & normal.known:
            continue
        for match in rule.pattern.finditer(normal.text):
            span = normal.span(match.start() + 1, match.end())
            if not _spared(normal.text, match.start(), match.group()) and not _is_quoted(text, span):
                return rule.id, span
    return None


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
    said = normal.sentences
    seen = {name: bool(said) and hint.hint(name).score(normal.looked) > 0 for name in QUALITIES}
    seen["supportive"] = seen["supportive"] and not attacking
    texts = book.sentences("feedback")
    return {
        "supportive": seen["supportive"],
        "specific": seen["specific"],
        "actionable": seen["actionable"],
        "attacking": attacking,
        "reasons": [_quality(normal, name) for name in QUALITIES if seen[name]],
        "hints": [_both(texts[name]) for name in QUALITIES if not seen[name]],
    }


def _quality(normal: Normal, name: str) -> Reason:
    """What in the text a quality rests on."""
    known = book.pattern(name.upper()).search(normal.text)
    span = (
        normal.span(known.start() + 1, known.end())
        if known
        else normal.span_of(*hint.hint(name).strongest(normal.words))
    )
    return {"span": span, "rule": f"FEEDBACK-{name}", **_both(book.sentences("feedback")[f"has-{name}"])}  # type: ignore[typeddict-item]


def _both(sentence: dict[str, str]) -> dict[str, str]:
    return {"id": sentence["id"], "en": sentence["en"]}


def theme(normal: Normal) -> Theme:
    """Themes, the likeliest first; none where nothing points to any."""
    said = normal.sentences
    if not said:
        return {"themes": [], "reasons": []}
    choice = hint.choice("theme")
    ranked = choice.ranked(normal.looked)
    best = [name for name, share in ranked if share >= LIKELY][:3] or [ranked[0][0]]
    texts = _both(book.sentences("theme")["theme"])
    reasons: list[Reason] = [
        {
            "span": normal.span_of(*choice.hints[name].strongest(normal.words)),
            "rule": f"THEME-{name}",
            "id": texts["id"],
            "en": texts["en"],
        }
        for name in best
    ]
    return {"themes": best, "reasons": reasons}
