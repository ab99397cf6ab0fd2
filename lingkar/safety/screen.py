"""The first look at words: is there a sign of risk? Asked before every gate and guide, so that nothing silences it.

A net with holes: it misses and it misfires, it says so wherever it shows, and no session depends on it.
"""

from dataclasses import dataclass

from lingkar import lexicon

HOLD_FROM = 3
SURE = 0.5


@dataclass(frozen=True)
class Sign:
    """`level` 1 to 4 as in the lexicon; `hold`: the circle waits for a counsellor (contagion, design section 2).

    Of level 0 nobody is told: it is only enough to offer help to whoever wrote the words.
    """

    level: int
    hold: bool = False


def screen(text: str) -> Sign | None:
    """A sign of risk in these words, for the writer or for somebody they speak of; None where there is none."""
    if not text:
        return None
    seen = lexicon.safety(text)
    level = max(seen["level"], seen["other_risk"], 2 if seen["violence"] or seen["abuse"] else 0)
    if level == 0:
        return Sign(0) if seen["offer"] else None
    is_grave = seen["level"] >= HOLD_FROM and (seen["score"] >= SURE or not _only_hinted(seen))
    return Sign(level, is_grave or lexicon.attack(text)["attack"])


def _only_hinted(seen: lexicon.Safety) -> bool:
    """No rule says so: the circle waits for a counsellor only where the hint is more sure than not."""
    return all(reason["rule"].startswith("SAFETY-hint") for reason in seen["reasons"])
