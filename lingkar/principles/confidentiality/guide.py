"""CONFIDENTIALITY-4: a nudge before words that carry a phone number, address, ID or a full name from the roster."""

from lingkar import lexicon
from lingkar.principles.contract import Event, Remark, Setting, first_reason

RULE = "CONFIDENTIALITY-4"


def guide(event: Event, setting: Setting) -> Remark | None:
    found = lexicon.leak(event.words, setting.roster)
    if not found["leak"]:
        return None
    span, sentences = first_reason(found["reasons"])
    return Remark(RULE, 0.5, span, sentences)
