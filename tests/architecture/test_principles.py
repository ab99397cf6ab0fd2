"""docs/principles.md and the code name the same rules, and each principle has its figure on the wheel."""

import re
from pathlib import Path

import pytest

from lingkar.circle import asas, cells, rules, wheel
from lingkar.principles.contract import RULES, Sight

ROOT = Path(__file__).parents[2]
ID = re.compile(r"\b((?:CONFIDENTIALITY|TRUST|ACCEPTANCE|OPENNESS|RESPONSIBILITY|UNIVERSALITY|FEEDBACK)-\d)\b")


@pytest.mark.parametrize("cell", cells.cells(), ids=lambda cell: f"{cell.principle}-{cell.kind}")
def test_the_page_names_each_cells_rules_as_the_code_has_them(cell):
    lines = (ROOT / "docs" / "principles.md").read_text(encoding="utf-8").splitlines()
    row = next(line for line in lines if line.startswith(f"| {rules.PRINCIPLES.index(cell.principle) + 1} "))
    column = row.split("|")[2 + cells.KINDS.index(cell.kind)]
    assert set(ID.findall(column)) == {rule.id for rule in cell.rules}


def test_every_id_in_the_packages_is_a_rule_and_names_its_own_principle():
    code = {found for path in (ROOT / "lingkar" / "principles").rglob("*.py") for found in ID.findall(path.read_text())}
    assert code == set(RULES)
    assert [rule.id for rule in RULES.values() if not rule.id.startswith(rule.principle.upper())] == []


def test_every_principle_has_a_figure_words_and_a_suggestion():
    readings = rules.readings(Sight((), ()))
    assert len(rules.PRINCIPLES) == 7
    assert {reading.rule.split("-")[0].lower() for reading in readings.values()} == set(rules.PRINCIPLES)
    assert set(asas.principle_names()) == set(asas.suggestions()) == set(wheel.ITEMS)
    assert [text["id"] for text in asas.pulse_texts()] == list(wheel.ITEMS)
    assert set(asas.figures()) == set(rules.PRINCIPLES)
    assert [page["id"] for page in asas.principle_pages()] == list(rules.PRINCIPLES)
