"""CONFIDENTIALITY-4: a nudge before words that carry a phone number, address, ID or a full name from the roster."""

from pathlib import Path

from lingkar import lexicon
from lingkar.principles.contract import Event, Remark, Setting, remark, rule

RULE = "CONFIDENTIALITY-4"
GENTLER = Path(__file__).parent / "data" / "gentler.toml"


@rule(RULE, page="room")
def guide(event: Event, setting: Setting) -> Remark | None:
    found = lexicon.leak(event.words, setting.roster)
    return remark(RULE, 0.5, found["reasons"], GENTLER) if found["leak"] else None
