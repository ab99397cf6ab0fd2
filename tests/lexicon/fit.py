"""`script/fit`: hints fitted on our own cases (tests/lexicon/cases), written as plain numbers into lexicon/data/hints.

`script/fit --check` leaves one hand out after the other and prints how well the rest foresees it; it writes nothing.
The sealed cases are never read.
"""

import argparse
import csv
import json
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import sqrt
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score

from lingkar.lexicon import book, hint, normal, risk, words

CASES = Path(__file__).parent / "cases"
NEITHER = "2"
SMALLEST = 2
"""Weights below two hundredths are left out."""
HEADER = "# source: own, fitted by script/fit on tests/lexicon/cases\n# licence: AGPL-3.0-or-later\n"

type Row = dict[str, Any]


@dataclass(frozen=True)
class Question:
    """`label` of a row, `files` whose rows it is asked of, `strictness` of the fit (smaller is stricter)."""

    name: str
    label: Callable[[Row], Any]
    files: tuple[str, ...]
    strictness: float = 10.0
    features: str = "wbc"
    least: int = 2
    classes: str = "M_"
    ordinary: float = 2.0
    """How much a row counts that was written for another question: what is ordinary is met most often."""

    def asked(self, row: Row) -> bool:
        """Whether a row was written for this question."""
        return self.files != EVERYTHING or any(name in row for name in ASKED[self.name])


EVERYTHING = ("safety", "slang", "feedback", "comments", "theme", "leak", "ordinary")
ASKED = {"safety": ("level",), "attack": ("attacking", "attack"), "retell": ("leak",)}


def is_risk(row: Row) -> bool:
    return any(int(row.get(name, 0)) for name in ("level", "violence", "abuse", "other_risk"))


def kind(row: Row) -> str:
    """The one thing a row is about; its own level first."""
    if int(row["level"]):
        return f"self{row['level']}"
    return next((name for name in ("other_risk", "violence", "abuse") if int(row[name])), "none")


def attacks(row: Row) -> bool:
    return bool(int(row.get("attacking", row.get("attack", 0))))


INSULTS = "YOU THIRD INSULT SLUR STRONG FOUL DISMISS PRAISE SAID MINE"
QUALITIES = "WORDS_ YOU MINE"
QUESTIONS = (
    Question("safety", is_risk, EVERYTHING, features="wbr"),
    Question("kind", kind, ("safety", "slang"), features="wpcr", strictness=60.0),
    Question("attack", attacks, EVERYTHING, features="wbca", classes=INSULTS, ordinary=6.0),
    Question("retell", lambda row: row.get("kind") == "retell" and bool(row["leak"]), EVERYTHING, classes="L_"),
    Question("supportive", lambda row: bool(row["supportive"]), ("feedback",), features="wpbc", classes=QUALITIES),
    Question("specific", lambda row: bool(row["specific"]), ("feedback",), features="wpbc", classes=QUALITIES),
    Question("actionable", lambda row: bool(row["actionable"]), ("feedback",), features="wpbc", classes=QUALITIES),
    Question("theme", lambda row: row["theme"], ("theme",), features="wpc", classes="THEME_", strictness=150.0),
)


def rows_of(question: Question, tweets: Path | None = None) -> list[Row]:
    """Rows with the hand that wrote them. Of `kind` only those that are about something."""
    found: list[Row] = []
    for name in question.files:
        for path in sorted(CASES.glob(f"{name}-*.jsonl")):
            rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
            found += [{**row, "hand": path.stem.split("-")[1]} for row in rows]
    if question.name in ("safety", "kind"):
        found += [row for rule in book.rules("safety") for row in examples(rule)]
    if tweets and question.files == EVERYTHING:
        found += ordinary(tweets)
    return [row for row in found if is_risk(row)] if question.name == "kind" else found


def ordinary(tweets: Path) -> list[Row]:
    """English tweets that are neither hateful nor offensive (t-davidson/hate-speech-and-offensive-language, MIT)."""
    with tweets.open(encoding="utf-8", newline="") as lines:
        return [{"text": row["text"], "hand": "tweets"} for row in csv.DictReader(lines) if row["class"] == NEITHER]


def examples(rule: book.Rule) -> list[Row]:
    """What a rule must catch and what it must leave are cases, too."""
    nothing = {"level": 0, "violence": 0, "abuse": 0, "other_risk": 0, "hand": "rules"}
    return [{**nothing, "level": rule.level, "text": rule.catch}, {**nothing, "text": rule.leave}]


def features(text: str, question: Question) -> dict[str, float]:
    """What the hint will add up, counted."""
    read = normal.normalise(text)
    kinds, meanings = question.features, book.meanings(question.classes)
    names = list(hint.Seen(read.sentences).features(kinds, meanings))
    many = Counter(name[0] for name in names)
    found = {name: count / sqrt(many[name[0]]) for name, count in Counter(names).items()}
    if "r" in kinds:
        found |= dict.fromkeys(risk.marks_of(risk.found(read)), 1.0)
    if "a" in kinds and (plain := words.plain(read, text)):
        found[f"r:{plain[0]}"] = 1.0
    return found


def fit(
    seen: Sequence[dict[str, float]], labels: Sequence[Any], question: Question, weights: Sequence[float] | None = None
) -> tuple[DictVectorizer, Any]:
    many = Counter(name for one in seen for name in one)
    kept = [{name: count for name, count in one.items() if many[name] >= question.least} for one in seen]
    vectors = DictVectorizer()
    model = LogisticRegression(C=question.strictness, max_iter=3000)
    model.fit(vectors.fit_transform(kept), labels, sample_weight=weights)
    return vectors, model


def write(question: Question, vectors: DictVectorizer, model: Any) -> int:
    """The numbers in hundredths, features in order. How many lines."""
    weights = np.rint(model.coef_ * 100).astype(int)
    biases = np.rint(model.intercept_ * 100).astype(int)
    lines = ["bias\t" + "\t".join(map(str, biases))]
    for name, column in sorted(vectors.vocabulary_.items()):
        if abs(weights[:, column]).max() >= SMALLEST:
            lines.append(f"{name}\t" + "\t".join(map(str, weights[:, column])))
    answers = "" if len(biases) == 1 else f"# answers: {' '.join(model.classes_)}\n"
    hint.FOLDER.mkdir(exist_ok=True)
    (hint.FOLDER / f"{question.name}.tsv").write_text(
        HEADER + f"# classes: {question.classes}\n" + answers + "\n".join(lines) + "\n", encoding="utf-8"
    )
    return len(lines)


def check(question: Question) -> None:
    rows = rows_of(question)
    seen, labels = [features(row["text"], question) for row in rows], [question.label(row) for row in rows]
    for hand in sorted({row["hand"] for row in rows}):
        rest = [at for at, row in enumerate(rows) if row["hand"] != hand]
        left = [at for at, row in enumerate(rows) if row["hand"] == hand]
        vectors, model = fit([seen[at] for at in rest], [labels[at] for at in rest], question)
        guessed = model.predict(vectors.transform([seen[at] for at in left]))
        wanted = [labels[at] for at in left]
        print(f"{question.name} {hand}: {len(left)} rows, F1 {f1_score(wanted, guessed, average='macro'):.3f}")


def write_common() -> int:
    """Words seen more than once outside the disguised cases: no misspelling is looked for in them."""
    counted: Counter[str] = Counter()
    for path in sorted(CASES.glob("*.jsonl")):
        if not path.name.startswith("slang"):
            for line in path.read_text(encoding="utf-8").splitlines():
                counted.update(re.findall(r"[a-z]{4,}", json.loads(line)["text"].lower()))
    words = sorted(word for word, count in counted.items() if count > 1)
    (book.DATA / "common.txt").write_text("\n".join(words) + "\n", encoding="utf-8")
    return len(words)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--check", action="store_true")
    parser.add_argument(
        "--tweets", type=Path, help="labeled_data as CSV, of which class 2 is taken as ordinary English"
    )
    arguments = parser.parse_args()
    if not arguments.check:
        print(f"common: {write_common()} words")
    book.forget()
    normal.forget()
    for question in QUESTIONS:
        if arguments.check:
            check(question)
            continue
        rows = rows_of(question, arguments.tweets)
        seen, labels = [features(row["text"], question) for row in rows], [question.label(row) for row in rows]
        fitted = fit(seen, labels, question, [1.0 if question.asked(row) else question.ordinary for row in rows])
        print(f"{question.name}: {len(rows)} rows, {write(question, *fitted)} lines")


if __name__ == "__main__":
    main()
