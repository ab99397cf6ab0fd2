"""Question cards in four depths, for a go-round: 1 to warm up, 2 everyday, 3 what is inside, 4 what lies deepest."""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

DEPTHS = (1, 2, 3, 4)
DATA = Path(__file__).parent / "data" / "cards.toml"


@dataclass(frozen=True)
class QuestionCard:
    """One question in both languages."""

    id: str
    depth: int
    text_id: str
    text_en: str

    def text(self, language: str) -> str:
        return self.text_en if language == "en" else self.text_id


@lru_cache(maxsize=1)
def question_cards() -> tuple[QuestionCard, ...]:
    """All cards, in the order of the file."""
    return tuple(QuestionCard(**card) for card in tomllib.loads(DATA.read_text(encoding="utf-8"))["card"])
