"""Safety: the writer's own present risk, risk of somebody else, violence and abuse. A net with holes."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import exp

from lingkar.lexicon import book, hint
from lingkar.lexicon.kinds import Reason, Safety
from lingkar.lexicon.normal import Normal


@dataclass(frozen=True)
class Hit:
    """One frame that matched: places in the normalised text, and whom it speaks of.

    Of a voided one `rule` says what voids it.
    """

    kind: str
    rule: str
    level: int
    start: int
    end: int


PLAIN = "PLAIN"
"""The class whose words have the rules asked in any case."""
KINDS = {"other_risk": "other", "violence": "violence", "abuse": "abuse"}
LEAST_OTHER = 2
VOID = "void"


def safety(normal: Normal) -> Safety:
    """Level 0 to 4 of the writer, 0 to 4 of somebody they speak of, violence, abuse.

    Rules find what is plain and say by what; the hint weighs the rest, and how sure a rule may be.
    """
    weighs = hint.hint("safety")
    rough = weighs.score(normal.looked)
    limits = book.thresholds("safety")
    asked = rough > limits["far_off"] or not book.meanings(PLAIN).keys().isdisjoint(normal.known)
    seen = found(normal) if asked else []
    hits, marks = [hit for hit in seen if hit.kind != VOID], marks_of(seen)
    if hits:
        rough = max(rough, *(weighs.score(hint.Looked([one])) for one in normal.sentences))
    score = rough + weighs.marked(marks)
    sure = 1 / (1 + exp(-score))
    if not hits and score < limits["offer"]:
        return _nothing(sure, offer=False)
    if score < (limits["beside_rule"] if hits else _needed(normal, voided=bool(seen))):
        return _nothing(sure, offer=score >= limits["offer"])
    likely = dict(hint.choice("kind").ranked(normal.looked, marks))
    own = {level: likely[f"self{level}"] for level in range(1, 5)}
    first = max(likely, key=lambda name: likely[name])
    is_own = first.startswith("self") or sum(own.values()) >= limits["second"]
    level = max(own, key=lambda level: own[level])
    flags = {name: name == first or likely[name] >= limits["second"] for name in KINDS}
    return {
        "level": level if is_own else 0,
        "violence": flags["violence"],
        "abuse": flags["abuse"],
        "other_risk": max(LEAST_OTHER, level) if flags["other_risk"] else 0,
        "score": sure,
        "offer": False,
        "reasons": _reasons(normal, hits, "self" if is_own else KINDS[first]),
    }


def _needed(normal: Normal, *, voided: bool) -> float:
    """What the hint alone needs here. `voided`: a rule nearly matched, and something says that it means nothing."""
    words = sum(map(len, normal.sentences))
    alone = book.needed(words, "english" if _is_english(normal) else "indonesian")
    return max(alone, book.thresholds("safety")["beside_void"]) if voided else alone


def _nothing(sure: float, *, offer: bool) -> Safety:
    return {
        "level": 0,
        "violence": False,
        "abuse": False,
        "other_risk": 0,
        "score": sure,
        "offer": offer,
        "reasons": [],
    }


def _is_english(normal: Normal) -> bool:
    """By the small words of both languages; ordinary English was met more often, so that less is needed there."""
    said = [word for sentence in normal.sentences for word in sentence]
    english, indonesian = book.single("ENGLISH"), book.single("INDONESIAN")
    return sum(word in english for word in said) > sum(word in indonesian for word in said)


def found(normal: Normal) -> list[Hit]:
    """What the rules see, and where a frame matched that something voids."""
    hits = [hit for rule in book.rules("safety") for hit in _hits(normal, rule)]
    return [*hits, *_people_hurt(normal), *_being_hurt(normal)]


def marks_of(seen: Sequence[Hit]) -> list[str]:
    """Features for the hint: each rule that matched, and what voided one that nearly did."""
    return sorted({f"v:{hit.rule}" if hit.kind == VOID else f"r:{hit.rule}" for hit in seen})


def _reasons(normal: Normal, hits: list[Hit], kind: str) -> list[Reason]:
    """The gravest rule of each kind; where no rule matched, the words that weighed most."""
    worst: dict[str, Hit] = {}
    for hit in hits:
        if hit.kind not in worst or hit.level > worst[hit.kind].level:
            worst[hit.kind] = hit
    if worst:
        spans = [(hit.kind, hit.rule, normal.span(hit.start + 1, hit.end)) for hit in worst.values()]
    else:
        spans = [(kind, f"SAFETY-hint-{kind}", normal.span_of(*hint.hint("safety").strongest(normal.words)))]
    texts = book.sentences("safety")
    return [{"span": span, "rule": rule, "id": texts[of]["id"], "en": texts[of]["en"]} for of, rule, span in spans]


def _hits(normal: Normal, rule: book.Rule) -> Iterator[Hit]:
    if rule.needs and not rule.needs & normal.known:
        return
    for match in rule.pattern.finditer(normal.text):
        sentence = _sentence(normal.text, match.start())
        said = normal.text[sentence[0] : sentence[1]]
        if (rule.beside and not rule.beside.search(said)) or (rule.apart and rule.apart.search(said)):
            continue
        before = normal.text[sentence[0] : match.start() + 1]
        if void := _void(rule.level, before, match.group() + " ", said):
            yield Hit(VOID, void, 0, match.start(), match.end())
            continue
        about = _about(before, match.group() + " ", said, rule.level)
        if about and _of_strangers(before, match.group() + " ", said, rule.level):
            continue
        if about:
            yield Hit(about, rule.id, rule.level, match.start(), match.end())


def _sentence(text: str, at: int) -> tuple[int, int]:
    """From the end before to the end after a place, with one space on each side."""
    start = text.rfind(" || ", 0, at + 1)
    end = text.find(" || ", at)
    return (start + 3 if start >= 0 else 0), (end + 1 if end >= 0 else len(text))


def _void(level: int, before: str, match: str, said: str) -> str:
    """What makes a frame say nothing: denied, an idiom, a joke, a story, over; or empty. A joke voids no 3 or 4."""
    clause = before[before.rfind(" | ") + 2 :] if " | " in before else before
    if _denied(clause):
        return "denied"
    if book.pattern("IDIOM").search(match + said[said.find(match) + len(match) :][:20]):
        return "idiom"
    if level <= 2 and (_idiom_head(clause) or book.pattern("JOKE").search(said)):
        return "joke"
    if book.pattern("STORY").search(said) and not _me_too(said):
        return "story"
    return "over" if level <= 3 and _is_over(before, said) else ""


def _is_over(before: str, said: str) -> bool:
    """Told as past: nothing says that it came back, or something says that it passed and nothing that it returned."""
    if not book.pattern("BEFORE").search(before):
        return False
    if book.pattern("RECOVER").search(said):
        return not book.pattern("BACK").search(said)
    return not book.pattern("RETURN").search(said)


def _denied(clause: str) -> bool:
    """A negation that reaches the frame; two of them undo each other."""
    if book.frame(r" (?:tidak berarti|tidak maksud|not mean|not that|does not mean) (?:[^| ]+ ){0,3}$").search(clause):
        return True
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
    if not normal.known & book.single("KILL"):
        return
    for match in book.lone("violence").finditer(normal.text):
        start, end = _sentence(normal.text, match.start())
        said = normal.text[start:end]
        clause = normal.text[start : match.start() + 1]
        void = _denied(clause) or any(book.pattern(name).search(said) for name in ("STORY", "JOKE", "IDIOM"))
        if not void and not re.search(r" (?:nyamuk|kecoa|lalat|alarm|waktu|game|boss|monster) ", said):
            yield Hit("violence", "SAFETY-violence", 1, match.start(), match.end())


def _being_hurt(normal: Normal) -> Iterator[Hit]:
    if not normal.known & (book.single("ACT") | book.single("SEXUAL")):
        return
    for match in book.lone("abuse").finditer(normal.text):
        start, end = _sentence(normal.text, match.start())
        said, clause = normal.text[start:end], normal.text[start : match.start() + 1]
        denied = book.frame(r" {NOT} ").search(match.group() + " ") or _denied(clause)
        if not denied and not book.pattern("STORY").search(said) and not book.pattern("JOKE").search(said):
            yield Hit("abuse", "SAFETY-abuse", 1, match.start(), match.end())
