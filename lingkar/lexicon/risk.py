"""Safety: the writer's own present risk, risk of somebody else, violence and abuse. A net with holes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lingkar.lexicon import book
from lingkar.lexicon.kinds import Reason, Safety
from lingkar.lexicon.normal import Normal


@dataclass(frozen=True)
class Hit:
    """One frame that matched: places in the normalised text, and whom it speaks of."""

    kind: str
    rule: str
    level: int
    start: int
    end: int


def safety(normal: Normal) -> Safety:
    """Level 0 to 4 of the writer, 0 to 4 of somebody they speak of, violence, abuse."""
    hits = [hit for rule in book.rules("safety") for hit in _hits(normal, rule)]
    hits += [*_people_hurt(normal), *_being_hurt(normal)]
    worst: dict[str, Hit] = {}
    for hit in hits:
        if hit.kind not in worst or hit.level > worst[hit.kind].level:
            worst[hit.kind] = hit
    level = worst["self"].level if "self" in worst else 0
    return {
        "level": level,
        "violence": "violence" in worst,
        "abuse": "abuse" in worst,
        "other_risk": max(2, worst["other"].level) if "other" in worst else 0,
        "score": level / 4,
        "reasons": [_reason(normal, hit) for hit in worst.values()],
    }


def _reason(normal: Normal, hit: Hit) -> Reason:
    said = book.sentences("safety")[hit.kind]
    return {"span": normal.span(hit.start + 1, hit.end), "rule": hit.rule, "id": said["id"], "en": said["en"]}


def _hits(normal: Normal, rule: book.Rule) -> Iterator[Hit]:
    if rule.needs and not rule.needs & normal.words:
        return
    for match in rule.pattern.finditer(normal.text):
        sentence = _sentence(normal.text, match.start())
        said = normal.text[sentence[0] : sentence[1]]
        if (rule.beside and not rule.beside.search(said)) or (rule.apart and rule.apart.search(said)):
            continue
        before = normal.text[sentence[0] : match.start() + 1]
        level = _modified(rule.level, before, match.group() + " ", said)
        if level == 0:
            continue
        about = _about(before, match.group() + " ", said, rule.level)
        if about and _of_strangers(before, match.group() + " ", said, rule.level):
            continue
        if about:
            yield Hit(about, rule.id, level, match.start(), match.end())


def _sentence(text: str, at: int) -> tuple[int, int]:
    """From the end before to the end after a place, with one space on each side."""
    start = text.rfind(" || ", 0, at + 1)
    end = text.find(" || ", at)
    return (start + 3 if start >= 0 else 0), (end + 1 if end >= 0 else len(text))


def _modified(level: int, before: str, match: str, said: str) -> int:
    """The level after negation, idiom, story, past and joke. Never lowers 3 or 4 for a joke."""
    clause = before[before.rfind(" | ") + 2 :] if " | " in before else before
    if _denied(clause) or book.pattern("IDIOM").search(match + said[said.find(match) + len(match) :][:20]):
        return 0
    if level <= 2 and (_idiom_head(clause) or book.pattern("JOKE").search(said)):
        return 0
    if book.pattern("STORY").search(said) and not _me_too(said):
        return 0
    past, back = book.pattern("BEFORE").search(before), book.pattern("RETURN").search(said)
    if past and not back and level <= 3:
        return 0
    return level


def _denied(clause: str) -> bool:
    """A negation that reaches the frame; two of them undo each other."""
    match = book.frame(r"( {NOT})(?: {CARRIES}){0,4} $").search(clause)
    if not match:
        return False
    return not book.frame(r" {NOT} (?:[^| ]+ ){0,2}$").search(clause[: match.start() + 1])


def _idiom_head(clause: str) -> bool:
    return bool(book.frame(r" {IDIOM_HEAD} ~3$").search(clause))


def _me_too(said: str) -> bool:
    return bool(re.search(r" (?:aku|i|me) (?:juga|too|persis|feel|merasa)| sama (?:kayak|seperti) aku ", said))


def _about(before: str, match: str, said: str, level: int) -> str:
    """ "self", "other", or empty where a bare mention speaks of nobody."""
    if re.search(r" (?:aku|myself|me|my|i) ", match):
        return "self"
    subject = ""
    for found in book.frame(r" (?:{OTHER}(?: aku| my)?|(?:my|aku) {OTHER}|{ME})(?= )").finditer(before):
        subject = "self" if book.frame(r" {ME}").fullmatch(found.group()) else "other"
    if subject:
        return subject
    if level == 2 and not book.pattern("ME").search(said) and not book.pattern("THINK").search(said):
        return ""
    return "self"


def _of_strangers(before: str, match: str, said: str, level: int) -> bool:
    """News and people nobody knows; or a wish that another one may die."""
    if level == 1 and re.search(r" (?:dia|kamu|mereka|orang|kalian|him|her|them|you) ", match):
        return True
    return level <= 2 and bool(book.pattern("STRANGER").search(said)) and not book.pattern("ME").search(before)


def _people_hurt(normal: Normal) -> Iterator[Hit]:
    if not normal.words & book.single("KILL"):
        return
    for match in book.lone("violence").finditer(normal.text):
        start, end = _sentence(normal.text, match.start())
        said = normal.text[start:end]
        clause = normal.text[start : match.start() + 1]
        void = _denied(clause) or any(book.pattern(name).search(said) for name in ("STORY", "JOKE", "IDIOM"))
        if not void and not re.search(r" (?:nyamuk|kecoa|lalat|alarm|waktu|game|boss|monster) ", said):
            yield Hit("violence", "SAFETY-violence", 1, match.start(), match.end())


def _being_hurt(normal: Normal) -> Iterator[Hit]:
    if not normal.words & (book.single("ACT") | book.single("SEXUAL")):
        return
    for match in book.lone("abuse").finditer(normal.text):
        start, end = _sentence(normal.text, match.start())
        said, clause = normal.text[start:end], normal.text[start : match.start() + 1]
        denied = book.frame(r" {NOT} ").search(match.group() + " ") or _denied(clause)
        if not denied and not book.pattern("STORY").search(said) and not book.pattern("JOKE").search(said):
            yield Hit("abuse", "SAFETY-abuse", 1, match.start(), match.end())
