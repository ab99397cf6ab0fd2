"""A pytest plugin that takes one rule of the principles out: `-p tests.without --without=RULE`."""

import importlib
import sys
from collections.abc import Callable
from typing import Any, get_type_hints

import pytest

from lingkar.principles.contract import RULES, Reading, Rule
from lingkar.principles.openness.events import BowlNote

NOTHING: dict[str, Callable[..., Any]] = {
    "OPENNESS-1": lambda seen, _withdrawn: [event for event in seen if isinstance(event, BowlNote)],
    "UNIVERSALITY-1": lambda carried, _present, _before=None: {theme: len(who) for theme, who in carried.items()},
}
"""Gates that answer with what may pass: without them everything does."""


def nothing(rule: Rule) -> Callable[..., Any]:
    """What stands in the rule's place: a gate lets everything through, a guide and a gauge see nothing."""
    if rule.id in NOTHING:
        return NOTHING[rule.id]
    answer = get_type_hints(rule.decides)["return"]
    if answer is Reading:
        return lambda *_args, **_more: Reading(rule.id, 0, 0, ())
    if getattr(answer, "__origin__", None) is tuple and Reading in answer.__args__:
        return lambda *_args, **_more: (Reading(rule.id, 0, 0, ()), [])
    made = getattr(answer, "__origin__", answer)
    empty = made() if made in (list, dict, tuple, bool) else None
    return lambda *_args, **_more: empty


def replace(old: object, new: object) -> int:
    """In every module of Lingkar, by name and within its tables. How many places."""
    places = 0
    for module in [one for name, one in list(sys.modules.items()) if name.split(".")[0] == "lingkar" and one]:
        for name, value in list(vars(module).items()):
            if value is old:
                setattr(module, name, new)
                places += 1
            elif isinstance(value, dict) and any(one is old for one in value.values()):
                value.update({key: new for key, one in value.items() if one is old})
                places += 1
            elif isinstance(value, tuple) and any(one is old for one in value):
                setattr(module, name, tuple(new if one is old else one for one in value))
                places += 1
    return places


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--without", help="the id of a rule that is taken out")


def pytest_collection_finish(session: pytest.Session) -> None:
    """After every module was imported, the pages too."""
    importlib.import_module("lingkar.urls")
    rule = RULES[session.config.getoption("--without")]
    if not replace(rule.decides, nothing(rule)):
        raise pytest.UsageError(f"{rule.id} stands nowhere")
