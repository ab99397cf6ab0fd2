"""Rules of the house that a reader would otherwise have to check by eye."""

import re
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).parents[2]
FLOORS = ["vault", "accounts", "ledger", "groups", "safety"]


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-test.lock"])
def test_locks_name_no_address_and_hash_everything(name):
    text = (ROOT / name).read_text()
    assert "://" not in text
    assert all("--hash=sha256:" in block for block in re.split(r"\n(?=[a-z])", text) if block.strip())


def test_no_foreign_key_points_upwards():
    for model in apps.get_models():
        if model._meta.app_label not in FLOORS:
            continue
        for field in model._meta.get_fields():
            if field.is_relation and field.many_to_one and field.related_model:
                target = field.related_model._meta.app_label
                assert FLOORS.index(target) <= FLOORS.index(model._meta.app_label)


def test_crypto_and_randomness_stay_in_the_vault():
    for path in (ROOT / "lingkar").rglob("*.py"):
        if path.name != "suite.py" and re.search(
            r"^\s*(?:import|from) (?:hashlib|hmac|cryptography)", path.read_text(), re.M
        ):
            pytest.fail(str(path.relative_to(ROOT)))


def test_modules_stay_readable():
    long_ones = [path.name for path in (ROOT / "lingkar").rglob("*.py") if len(path.read_text().splitlines()) > 600]
    assert long_ones == []


def test_every_setting_is_documented():
    page = (ROOT / "docs" / "overview.md").read_text()
    used = set(re.findall(r"LINGKAR_[A-Z_]+", (ROOT / "lingkar" / "settings.py").read_text()))
    assert all(name in page for name in used)
