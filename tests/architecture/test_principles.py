"""docs/principles.md and the code name the same rules, and each principle has its figure on the wheel."""

import re
from pathlib import Path

from lingkar.circle import asas, rules, wheel
from lingkar.principles.contract import Sight

ROOT = Path(__file__).parents[2]
ID = re.compile(r"\b((?:CONFIDENTIALITY|TRUST|ACCEPTANCE|OPENNESS|RESPONSIBILITY|UNIVERSALITY|FEEDBACK)-\d)\b")


def test_the_page_and_the_packages_name_the_same_rules():
    page = set(ID.findall((ROOT / "docs" / "principles.md").read_text()))
    code = {found for path in (ROOT / "lingkar" / "principles").rglob("*.py") for found in ID.findall(path.read_text())}
    assert page == code


def test_every_principle_has_a_figure_words_and_a_suggestion():
    readings = rules.readings(Sight((), ()))
    assert len(rules.PRINCIPLES) == 7
    assert {reading.rule.split("-")[0].lower() for reading in readings.values()} == set(rules.PRINCIPLES)
    assert set(asas.principle_names()) == set(asas.suggestions()) == set(wheel.ITEMS)
    assert [text["id"] for text in asas.pulse_texts()] == list(wheel.ITEMS)
    assert set(asas.figures()) == set(rules.PRINCIPLES)
    assert [page["id"] for page in asas.principle_pages()] == list(rules.PRINCIPLES)
