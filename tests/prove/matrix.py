"""`script/prove matrix [RULE ...]`: each rule is taken out, one at a time, and the tests that hold it must then fail.

Before that they must pass. Exit 0 only when every rule of every cell is held by a test that fails without it.
"""

import subprocess
import sys
from pathlib import Path

import django

ROOT = Path(__file__).parents[2]


def run(tests: list[str], *options: str) -> int:
    """Exit code of pytest: 0 passed, 1 failed."""
    command = [sys.executable, "-m", "pytest", "-x", "-q", "--no-header", "--tb=no", *options, *tests]
    return subprocess.run(command, cwd=ROOT, capture_output=True, check=False).returncode


def main() -> int:
    django.setup()
    from lingkar.circle import cells

    held, table = cells.holding(ROOT / "tests"), cells.cells()
    empty = [f"{cell.principle} {cell.kind}" for cell in table if not cell.rules]
    chosen = sys.argv[1:]
    loose = []
    for rule in (rule for cell in table for rule in cell.rules if not chosen or rule.id in chosen):
        tests = held.get(rule.id, [])
        with_it = run(tests) if tests else -1
        without = run(tests, "-p", "tests.without", f"--without={rule.id}") if tests else -1
        holds = (with_it, without) == (0, 1)
        loose += [] if holds else [rule.id]
        print(f"{rule.id:20}{'held' if holds else 'LOOSE':7}{len(tests)} tests: {with_it} with it, {without} without")
    print(f"cells {len(table) - len(empty)} of {len(table)}, empty: {empty}, loose: {loose}")
    return 1 if loose or empty else 0


if __name__ == "__main__":
    sys.exit(main())
