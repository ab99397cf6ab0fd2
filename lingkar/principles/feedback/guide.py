"""FEEDBACK-3: four qualities of a card, read while it is written, with reasons; nothing of it is kept."""

from lingkar import lexicon
from lingkar.principles.contract import rule


@rule("FEEDBACK-3", page="cards")
def qualities(seen: lexicon.Feedback) -> dict[str, bool]:
    """Supportive, specific, actionable and gentle, as the text check reads them (domain.md, section e3)."""
    return {
        "supportive": seen["supportive"],
        "specific": seen["specific"],
        "actionable": seen["actionable"],
        "gentle": not seen["attacking"],
    }
