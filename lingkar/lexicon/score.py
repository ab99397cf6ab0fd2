"""`lingkar words --score FOLDER`: figures for labelled JSONL and CSV files, recognised by their columns."""

import csv
import json
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any

from lingkar import lexicon

type Row = dict[str, Any]

TIMED = 300


def read(path: Path) -> list[Row]:
    """The rows of a file; everything is text in a CSV."""
    if path.suffix == ".jsonl":
        return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def score(folder: Path) -> list[str]:
    """One block of lines a file, then the times."""
    lines: list[str] = []
    texts: list[str] = []
    for path in sorted([*folder.glob("*.jsonl"), *folder.glob("*.csv")]):
        rows = read(path)
        texts += [row["text"] for row in rows]
        lines += [f"{path.name}: {len(rows)}", *(f"  {line}" for line in _figures(rows))]
    return [*lines, *_times(texts)]


def _figures(rows: list[Row]) -> list[str]:
    known = rows[0].keys() if rows else ()
    if "level" in known:
        return _safety(rows)
    if "supportive" in known:
        return [_pair(name, rows, partial(_quality, name), name) for name in QUALITIES]
    if "attack" in known:
        single = [row for row in rows if not int(row.get("attack", 0)) or int(row.get("individual", 1) or 0)]
        return [
            _pair("attack", rows, lambda text: lexicon.attack(text)["attack"], "attack"),
            _pair("attack at a person", single, lambda text: lexicon.attack(text)["attack"], "attack"),
        ]
    if "leak" in known:
        return [_pair("leak", rows, lambda text: lexicon.leak(text)["leak"], "leak")]
    if "theme" in known:
        return _themes(rows)
    if "class" in known and "label" in known:
        return [_pair("offensive", rows, lambda text: lexicon.attack(text)["attack"], "label")]
    return _alarms(rows)


def _quality(name: str, text: str) -> bool:
    return bool(dict(lexicon.feedback(text))[name])


QUALITIES = ("supportive", "specific", "actionable", "attacking")


def _pair(title: str, rows: list[Row], check: Callable[[str], bool], label: str) -> str:
    pairs = [(bool(int(row[label])), bool(check(row["text"]))) for row in rows]
    return f"{title}: {_rates(pairs)}"


def _rates(pairs: Iterable[tuple[bool, bool]]) -> str:
    count = Counter(pairs)
    hit, missed, false = count[(True, True)], count[(True, False)], count[(False, True)]
    precision = hit / (hit + false) if hit + false else 0.0
    recall = hit / (hit + missed) if hit + missed else 0.0
    both = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return f"precision {precision:.2f} recall {recall:.2f} F1 {both:.2f} (n {sum(count.values())}, true {hit + missed})"


def _safety(rows: list[Row]) -> list[str]:
    seen = [(row, lexicon.safety(row["text"])) for row in rows]
    any_true = [(_any(row), _any(found)) for row, found in seen]
    levels = [(int(row["level"]), found["level"]) for row, found in seen]
    grave = [bool(found["level"]) for row, found in seen if int(row["level"]) >= 3]
    table = Counter(levels)
    lines = [f"any risk: {_rates(any_true)}"]
    if grave:
        lines.append(f"level 3-4 flagged {sum(grave) / len(grave):.2f}")
    lines.append(f"exact level {sum(want == got for want, got in levels) / len(levels):.2f}")
    for kind in sorted({row.get("modifier", "") for row in rows} - {""}):
        clean = [_any(found) for row, found in seen if row["modifier"] == kind and not _any(row)]
        if clean:
            lines.append(f"{kind}: {sum(clean)} of {len(clean)} wrongly flagged")
    lines.extend(f"level {want}: " + " ".join(f"{table[(want, got)]:4}" for got in range(5)) for want in range(5))
    return lines


def _any(found: Any) -> bool:
    return any(int(found.get(name, 0)) for name in ("level", "violence", "abuse", "other_risk"))


def _themes(rows: list[Row]) -> list[str]:
    ours = [(row["theme"], lexicon.theme(row["text"])["themes"]) for row in rows]
    first = sum(found[:1] == [want] for want, found in ours) / len(ours)
    three = sum(want in found[:3] for want, found in ours) / len(ours)
    return [f"first guess {first:.2f}, within three {three:.2f}"]


def _alarms(rows: list[Row]) -> list[str]:
    checks: dict[str, Callable[[str], bool]] = {
        "safety": lambda text: _any(lexicon.safety(text)),
        "attack": lambda text: lexicon.attack(text)["attack"],
        "leak": lambda text: lexicon.leak(text)["leak"],
    }
    return [
        f"{name}: {1000 * sum(check(row['text']) for row in rows) / len(rows):.1f} of 1,000 flagged"
        for name, check in checks.items()
    ]


def _times(texts: list[str]) -> list[str]:
    """Milliseconds for the three checks that every post meets, on texts of 300 characters, and the longest text."""
    lexicon.safety("mulai")
    joined = " ".join(texts)
    pieces = [joined[at : at + TIMED] for at in range(0, min(len(joined), 1000 * TIMED), TIMED)]
    spent = sorted(_spent(piece) for piece in pieces)
    worst = _spent((joined * 20)[:20_000])
    if not spent:
        return []
    return [
        f"three checks on {TIMED} characters: mean {statistics.mean(spent):.3f} ms, "
        f"p99 {spent[int(len(spent) * 0.99)]:.3f} ms; 20,000 characters: {worst:.1f} ms"
    ]


def _spent(text: str) -> float:
    began = time.perf_counter()
    lexicon.safety(text)
    lexicon.attack(text)
    lexicon.leak(text)
    return (time.perf_counter() - began) * 1000
