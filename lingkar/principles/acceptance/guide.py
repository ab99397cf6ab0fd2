"""ACCEPTANCE-2: a question before words that judge, mock or belittle somebody. Its author may always go on."""

from lingkar import lexicon
from lingkar.principles.contract import Event, Remark, Setting, first_reason

RULE = "ACCEPTANCE-2"


def guide(event: Event, setting: Setting) -> Remark | None:
    found = lexicon.attack(event.words)
    if not found["attack"]:
        return None
    span, sentences = first_reason(found["reasons"])
    return Remark(RULE, 1.0, span, sentences)
