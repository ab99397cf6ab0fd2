"""ACCEPTANCE-2: a question before words that judge, mock or belittle somebody. Its author may always go on."""

from pathlib import Path

from lingkar import lexicon
from lingkar.principles.contract import Event, Remark, Setting, remark

RULE = "ACCEPTANCE-2"
GENTLER = Path(__file__).parent / "data" / "gentler.toml"


def guide(event: Event, setting: Setting) -> Remark | None:
    found = lexicon.attack(event.words)
    return remark(RULE, 1.0, found["reasons"], GENTLER) if found["attack"] else None
