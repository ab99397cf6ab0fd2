"""FEEDBACK-3: four qualities of a card, read while it is written, with reasons; nothing of it is kept.

FEEDBACK-5: rounds in which everybody gives one card and gets one, and over the rounds meets everybody.
"""

from collections import Counter
from collections.abc import Sequence

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


@rule("FEEDBACK-5", page="cards")
def paired(members: Sequence[str], given: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """(giver, receiver) for each member, in the order of the seats; empty for fewer than two.

    `given`: pairs that had a card before. Everybody gives to the neighbour so many seats on; of these distances the one
    is taken whose pairs met least, so that after as many rounds as there are others each has met each.
    """
    met, many = Counter(given), len(members)
    rounds = [[(one, members[(at + far) % many]) for at, one in enumerate(members)] for far in range(1, many)]
    return min(rounds, key=lambda pairs: sum(met[pair] for pair in pairs), default=[])
