"""Is the English catalogue complete? Used by script/translations."""

import sys
from pathlib import Path

import polib


def problems(catalogue: Path, before: Path) -> list[str]:
    """Sentences without English, and those that were not in the catalogue before this run."""
    known = {entry.msgid for entry in polib.pofile(str(before))}
    found = polib.pofile(str(catalogue))
    open_ones = [f"no English: {entry.msgid}" for entry in found if not entry.translated() or entry.fuzzy]
    return open_ones + [f"not in the catalogue: {entry.msgid}" for entry in found if entry.msgid not in known]


if __name__ == "__main__":
    found = problems(Path(sys.argv[1]), Path(sys.argv[2]))
    print("\n".join(found) or "translations complete")
    sys.exit(1 if found else 0)
