"""`lingkar words`: what each check sees in a text, figures for a labelled folder, and words of this installation."""

import argparse
import os
from collections.abc import Iterable, Sequence
from pathlib import Path

from lingkar import lexicon
from lingkar.lexicon import local
from lingkar.lexicon.kinds import Reason
from lingkar.lexicon.score import score


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="lingkar words")
    parser.add_argument("text", nargs="*", help="a text, or: add KIND WORD [MEANING]")
    parser.add_argument("--score", type=Path, metavar="FOLDER", help="figures for labelled JSONL and CSV files")
    parser.add_argument("--data", default=os.environ.get("LINGKAR_DATA", "data"), help="data folder")
    arguments = parser.parse_args(argv)
    own = Path(arguments.data) / local.FILE
    local.use(own)
    if arguments.score:
        print("\n".join(score(arguments.score)))
    elif arguments.text[:1] == ["add"]:
        try:
            local.add(own, *arguments.text[1:])
        except (TypeError, ValueError):
            parser.error(f"add {'|'.join(local.KINDS)} WORD [MEANING]")
    else:
        print("\n".join(explain(" ".join(arguments.text))))
    return 0


def explain(text: str) -> list[str]:
    """A line a check, with the spans that it rests on."""
    safety, attack = lexicon.safety(text), lexicon.attack(text)
    leak, theme, feedback = lexicon.leak(text), lexicon.theme(text), lexicon.feedback(text)
    flags = [name for name in ("violence", "abuse") if safety[name]]
    good = [name for name in ("supportive", "specific", "actionable") if feedback[name]]
    return [
        f"safety: level {safety['level']}, other {safety['other_risk']} {' '.join(flags)}"
        + _spans(text, safety["reasons"]),
        f"attack: {attack['attack']}{_spans(text, attack['reasons'])}",
        f"leak: {leak['leak']}{_spans(text, leak['reasons'])}",
        f"theme: {', '.join(theme['themes'])}{_spans(text, theme['reasons'])}",
        f"feedback: {', '.join(good)}{_spans(text, feedback['reasons'])}",
    ]


def _spans(text: str, reasons: Iterable[Reason]) -> str:
    shown = ((reason["rule"], *reason["span"], text[slice(*reason["span"])]) for reason in reasons)
    return "".join(f" [{rule} {start}-{end} “{words}”]" for rule, start, end, words in shown)
