"""`lingkar words --score FOLDER`: figures for labelled JSONL and CSV files, recognised by their columns."""

import csv
import json
import statistics
import time
from collections import Counter
from collections.abc import Callable, Sequence
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
        pairs = {name: _pairs(rows, partial(_quality, name), name) for name in QUALITIES}
        macro = statistics.mean(_rates(found)[2] for found in pairs.values())
        return [*(_line(name, found) for name, found in pairs.items()), f"macro F1 {macro:.3f}"]
    if "attack" in known:
        single = [row for row in rows if not int(row.get("attack", 0)) or int(row.get("individual", 1) or 0)]
        lines = [_line("attack", _pairs(rows, _attacks, "attack"))]
        return lines + (
            [_line("attack at a person", _pairs(single, _attacks, "attack"))] if "individual" in known else []
        )
    if "leak" in known:
        found = [(bool(int(row["leak"])), lexicon.leak(row["text"], row.get("roster") or ())["leak"]) for row in rows]
        return [_line("leak", found)]
    if "theme" in known:
        return _themes(rows)
    if "class" in known and "label" in known:
        return [_line("offensive", _pairs(rows, _attacks, "label"))]
    return _alarms(rows)


def _attacks(text: str) -> bool:
    return lexicon.attack(text)["attack"]


def _quality(name: str, text: str) -> bool:
    return bool(dict(lexicon.feedback(text))[name])


QUALITIES = ("supportive", "specific", "actionable", "attacking")


def _pairs(rows: list[Row], check: Callable[[str], bool], label: str) -> list[tuple[bool, bool]]:
    """What each row is, and what a check says of it."""
    return [(bool(int(row[label])), bool(check(row["text"]))) for row in rows]


def _rates(pairs: Sequence[tuple[bool, bool]]) -> tuple[float, float, float]:
    """Precision, recall, F1; 0 where there is nothing to divide by."""
    count = Counter(pairs)
    hit, missed, false = count[True, True], count[True, False], count[False, True]
    precision = hit / (hit + false) if hit + false else 0.0
    recall = hit / (hit + missed) if hit + missed else 0.0
    both = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return precision, recall, both


def _line(title: str, pairs: Sequence[tuple[bool, bool]]) -> str:
    precision, recall, both = _rates(pairs)
    true = sum(want for want, _got in pairs)
    return f"{title}: precision {precision:.3f} recall {recall:.3f} F1 {both:.3f} (n {len(pairs)}, true {true})"


def _safety(rows: list[Row]) -> list[str]:
    seen = [(row, lexicon.safety(row["text"])) for row in rows]
    levels = [(int(row["level"]), found["level"]) for row, found in seen]
    grave = [_any(found) for row, found in seen if int(row["level"]) >= GRAVE]
    table = Counter(levels)
    lines = [_line("any risk", [(_any(row), _any(found)) for row, found in seen])]
    offered = [(_any(row), _any(found) or found["offer"]) for row, found in seen]
    lines.append(_line("any risk, or help offered to the writer", offered))
    if grave:
        lines.append(f"level 3-4 flagged {sum(grave) / len(grave):.3f}")
    risky = [want == got for want, got in levels if want]
    exact = f"exact level {sum(want == got for want, got in levels) / len(levels):.3f}"
    lines.append(exact + (f", of those at risk {sum(risky) / len(risky):.3f}" if risky else ""))
    for kind in sorted({str(row.get("tag", "")) for row in rows} - {""}):
        clean = [_any(found) for row, found in seen if row.get("tag") == kind and not _any(row)]
        if clean:
            lines.append(f"{kind}: {sum(clean)} of {len(clean)} wrongly flagged")
    lines.append("wanted level down, found level across:")
    lines.extend(f"level {want}: " + " ".join(f"{table[want, got]:4}" for got in range(5)) for want in range(5))
    return lines


GRAVE = 3


def _any(found: Any) -> bool:
    return any(int(found.get(name, 0)) for name in ("level", "violence", "abuse", "other_risk"))


def _themes(rows: list[Row]) -> list[str]:
    ours = [(row["theme"], lexicon.theme(row["text"])["themes"]) for row in rows]
    first = sum(found[:1] == [want] for want, found in ours) / len(ours)
    three = sum(want in found[:3] for want, found in ours) / len(ours)
    return [f"first guess {first:.3f}, within three {three:.3f}"]


def _alarms(rows: list[Row]) -> list[str]:
    checks: dict[str, Callable[[str], bool]] = {
        "safety": lambda text: _any(lexicon.safety(text)),
        "safety, or help offered to the writer": lambda text: _any(seen := lexicon.safety(text)) or seen["offer"],
        "attack": _attacks,
        "leak": lambda text: lexicon.leak(text)["leak"],
    }
    return [
        f"{name}: {1000 * sum(check(row['text']) for row in rows) / len(rows):.1f} of 1,000 flagged"
        for name, check in checks.items()
    ]


def _times(texts: list[str]) -> list[str]:
    """Milliseconds on texts of 300 characters: the checks that every post meets, those of a page, and the longest text.

    Measured at a second reading, as in a server that has been up for a while.
    """
    joined = " ".join(texts)
    pieces = [joined[at : at + TIMED] for at in range(0, min(len(joined), 1000 * TIMED), TIMED)]
    if not pieces:
        return []
    longest = (joined * 20)[:20_000]
    groups: dict[str, tuple[Callable[[str], Any], ...]] = {
        "safety, attack and leak": (lexicon.safety, lexicon.attack, lexicon.leak),
        "theme": (lexicon.theme,),
        "feedback": (lexicon.feedback,),
    }
    lines = []
    for title, checks in groups.items():
        for piece in pieces:
            _spent(piece, checks)
        spent = sorted(_spent(piece, checks) for piece in pieces)
        worst = max(_spent(longest, checks) for _again in range(3))
        p99 = spent[int(len(spent) * 0.99)]
        lines.append(
            f"{title} on {TIMED} characters: mean {statistics.mean(spent):.3f} ms, p99 {p99:.3f} ms; "
            f"20,000 characters: {worst:.1f} ms"
        )
    return lines


def _spent(text: str, checks: Sequence[Callable[[str], Any]]) -> float:
    lexicon.forget_last()
    began = time.perf_counter()
    for check in checks:
        check(text)
    return (time.perf_counter() - began) * 1000
