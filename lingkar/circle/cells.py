"""The table of seven asas by gate, guide and gauge, read from the rules themselves and from their tests."""

import ast
import importlib
import pkgutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lingkar import principles
from lingkar.circle import rules
from lingkar.principles.contract import RULES, Rule

KINDS = ("gate", "guide", "gauge")
MARK = "holds"


@dataclass(frozen=True)
class Cell:
    """One of twenty-one: an asas, a kind, and its rules in order; none where nothing is there yet."""

    principle: str
    kind: str
    rules: tuple[Rule, ...]


def cells() -> list[Cell]:
    """Gate, guide and gauge of each asas, in their order."""
    for found in pkgutil.walk_packages(principles.__path__, f"{principles.__name__}."):
        importlib.import_module(found.name)
    by_place: dict[tuple[str, str], list[Rule]] = {}
    for name in sorted(RULES):
        by_place.setdefault((RULES[name].principle, RULES[name].kind), []).append(RULES[name])
    return [Cell(name, kind, tuple(by_place.get((name, kind), ()))) for name in rules.PRINCIPLES for kind in KINDS]


def holding(tests: Path) -> dict[str, list[str]]:
    """The tests marked with each rule they hold, as pytest names them; empty where the tests are not installed."""
    found: dict[str, list[str]] = {}
    for path in sorted(tests.rglob("test_*.py")):
        for name, rule in _marks(path):
            found.setdefault(rule, []).append(f"{path.relative_to(tests.parent)}::{name}")
    return found


def _marks(path: Path) -> Iterator[tuple[str, str]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.FunctionDef):
            continue
        for mark in node.decorator_list:
            if isinstance(mark, ast.Call) and isinstance(mark.func, ast.Attribute) and mark.func.attr == MARK:
                yield from ((node.name, str(part.value)) for part in mark.args if isinstance(part, ast.Constant))


def as_document(tests: Path) -> dict[str, Any]:
    """The whole table for `lingkar principles --json`."""
    held, found = holding(tests), cells()
    return {
        "cells": len(found),
        "filled": sum(bool(cell.rules) for cell in found),
        "table": [
            {
                "asas": cell.principle,
                "kind": cell.kind,
                "rules": [{"id": one.id, "page": one.page, "tests": held.get(one.id, [])} for one in cell.rules],
            }
            for cell in found
        ],
    }
