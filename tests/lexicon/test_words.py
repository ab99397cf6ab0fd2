"""The text checks: every rule catches and leaves, spans lie inside, nothing raises, own cases keep their figures."""

import json
import shutil
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lingkar import lexicon
from lingkar.lexicon import book, hint, local, normal
from lingkar.lexicon.command import main
from lingkar.lexicon.score import read, score

CASES = Path(__file__).parent / "cases"
CHECKS = {"safety": lexicon.safety, "attack": lexicon.attack}
RULES = [(file, rule) for file in CHECKS for rule in book.rules(file)]
PIECES = [
    "aku",
    "mau",
    "mati",
    "bunuh",
    "diri",
    "tidak",
    "gak",
    "kamu",
    "bodoh",
    "0812",
    "b*n*h",
    "d1r1",
    ".",
    ",",
    "lagi",
    "dasar",
    "@nita",
    "want",
    "to",
    "die",
    "not",
    "dia",
    "obat",
    "surat",
    "Jl.",
    "No",
    "9",
    "“",
    "”",
    "😂",
]
TEXTS = st.text(max_size=300) | st.lists(st.sampled_from([*PIECES, "\n"]), max_size=40).map(" ".join)


def rules_of(found) -> set[str]:
    return {reason["rule"] for reason in found["reasons"]}


@pytest.mark.parametrize(("file", "rule"), RULES, ids=[rule.id for _file, rule in RULES])
def test_every_rule_catches_one_and_leaves_one(file, rule):
    assert rule.id in rules_of(CHECKS[file](rule.catch))
    assert rule.id not in rules_of(CHECKS[file](rule.leave))


@pytest.mark.parametrize("kind", sorted(book.leaks()))
def test_every_trace_catches_one_and_leaves_one(kind):
    trace = book.leaks()[kind]
    assert f"LEAK-{kind}" in rules_of(lexicon.leak(trace.catch))
    assert f"LEAK-{kind}" not in rules_of(lexicon.leak(trace.leave))


def test_names_of_the_roster_are_matched_and_not_guessed():
    roster = ("Nita Ayu Lestari", "Beni")
    assert lexicon.leak("tadi nita  ayu lestari bilang begitu", roster)["leak"]
    assert not lexicon.leak("tadi Nita dan Beni bilang begitu", roster)["leak"]
    assert not lexicon.leak("tadi nita ayu lestari bilang begitu")["leak"]


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("aku gak mau bunuh diri kok", 0), ("aku nggak pernah kepikiran bunuh diri", 0),
        ("b*n*h d1r1 kepikiran terus", 2),
        ("pgn mt aja rasanya", 1), ("cape bgt idup", 1), ("tadi nyilet tangan lagi", 3),
        ("hp ku mati pas mau absen", 0),
        ("ngakak sampe mau mati wkwk", 0), ("I used to self harm in middle school but not anymore", 0),
        ("i bought the pills, enough to end it", 3), ("aku baru aja minum obat sebotol", 4),
        ("bukannya gak pengen mati, aku pengen mati", 1), ("jangan pernah bunuh diri ya, kalian berharga", 0),
        ("lirik lagunya bilang aku mau mati", 0),
    ],
)  # fmt: skip
def test_levels_follow_negation_past_idiom_and_disguise(text, level):
    assert lexicon.safety(text)["level"] == level


def cases(name: str) -> list[dict]:
    return [row for path in sorted(CASES.glob(f"{name}-*.jsonl")) for row in read(path)]


def rates(pairs) -> tuple[float, float]:
    hit = sum(want and got for want, got in pairs)
    return hit / max(1, sum(got for _want, got in pairs)), hit / sum(want for want, _got in pairs)


def is_risk(found) -> bool:
    return any(int(found[name]) for name in ("level", "violence", "abuse", "other_risk"))


@pytest.mark.parametrize(
    ("files", "check", "label", "precision", "recall"),
    [
        ("safety", lambda row: is_risk(lexicon.safety(row["text"])), is_risk, 0.9, 0.55),
        ("slang", lambda row: is_risk(lexicon.safety(row["text"])), is_risk, 0.9, 0.75),
        ("feedback", lambda row: lexicon.attack(row["text"])["attack"], lambda row: bool(row["attacking"]), 0.93, 0.5),
        ("comments", lambda row: lexicon.attack(row["text"])["attack"], lambda row: bool(row["attack"]), 0.9, 0.65),
        ("leak", lambda row: lexicon.leak(row["text"], row.get("roster") or ())["leak"],
         lambda row: bool(row["leak"]), 0.93, 0.9),
    ],
)  # fmt: skip
def test_the_own_cases_keep_their_figures(files, check, label, precision, recall):
    """They were fitted on, so this says nothing of unseen texts: it notices when a change undoes what was reached."""
    got = rates([(label(row), check(row)) for row in cases(files)])
    assert (got[0] >= precision, got[1] >= recall) == (True, True), got


def test_ordinary_messages_are_left_alone():
    rows = cases("ordinary")
    assert sum(is_risk(lexicon.safety(row["text"])) for row in rows) <= 3 * len(rows) / 1000
    assert sum(lexicon.attack(row["text"])["attack"] for row in rows) <= 8 * len(rows) / 1000


def test_themes_and_qualities_keep_their_figures():
    rows = cases("theme")
    assert sum(row["theme"] == lexicon.theme(row["text"])["themes"][0] for row in rows) >= 0.9 * len(rows)
    for quality in ("supportive", "specific", "actionable"):
        pairs = [(bool(row[quality]), lexicon.feedback(row["text"])[quality]) for row in cases("feedback")]
        assert min(rates(pairs)) >= 0.8, quality


@pytest.fixture(scope="module")
def with_all():
    """What the checks see with all of their files; loading them takes a second."""
    return [seen(text) for text in PROBES]


@pytest.mark.parametrize("path", sorted(path.relative_to(book.DATA) for path in book.DATA.rglob("*.t*")), ids=str)
def test_without_any_one_of_its_files_the_checks_do_not_work(path, tmp_path, monkeypatch, with_all):
    """No rule file is there for nothing: without it a check fails or sees something else."""
    folder = tmp_path / "data"
    shutil.copytree(book.DATA, folder)
    (folder / path).unlink()
    try:
        monkeypatch.setattr(book, "DATA", folder)
        monkeypatch.setattr(hint, "FOLDER", folder / "hints")
        forget_everything()
        try:
            after = [seen(text) for text in PROBES]
        except (KeyError, OSError):
            after = []
        assert after != with_all
    finally:
        monkeypatch.undo()
        forget_everything()


def seen(text: str) -> list:
    lexicon.forget_last()
    return [check(text) for check in (lexicon.safety, lexicon.attack, lexicon.leak, lexicon.theme, lexicon.feedback)]


def forget_everything() -> None:
    book.forget()
    normal.forget()
    hint.forget()
    lexicon.forget_last()


PROBES = [
    "aku mau bunuh diri", "bnuhdr1 rasanya", "kamu emang bodoh",
    "waktu kamu bertanya tadi aku merasa didengar, coba lagi ya",
    "mama papa mau cerai", "0812 3456 7890", "aku ceritain curhatan Nita di sesi ke pacarku",
    "jembatn itu, selamat tinggal", "kontrol ke dokter",
    "gw ga kuat lg",
]  # fmt: skip


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_no_input_raises_and_spans_lie_inside(text):
    for check in (lexicon.safety, lexicon.attack, lexicon.leak, lexicon.theme, lexicon.feedback):
        for reason in check(text)["reasons"]:
            start, end = reason["span"]
            assert 0 <= start < end <= len(text)


@pytest.mark.parametrize("rule", [rule for file, rule in RULES if file == "safety"], ids=lambda rule: rule.id)
def test_case_and_neutral_neighbours_change_nothing(rule):
    wanted = lexicon.safety(rule.catch)["level"]
    assert lexicon.safety(rule.catch.upper())["level"] == wanted
    assert lexicon.safety(f"Halo semua. {rule.catch}. Terima kasih ya.")["level"] == wanted


@pytest.mark.parametrize("text", ["aku pengeeeen matiiii", "gw mauuu bunuhhh diriiii"])
def test_stretching_changes_nothing(text):
    assert lexicon.safety(text)["level"] >= 1


@pytest.mark.parametrize("text", ["tidak " * 4000, "a" * 20_000, "aku mau " * 2500, "1 " * 10_000, "@a." * 6000])
def test_twenty_thousand_letters_take_no_long_time(text):
    began = time.monotonic()
    lexicon.safety(text)
    lexicon.attack(text)
    lexicon.leak(text)
    assert time.monotonic() - began < 2


@pytest.mark.parametrize("path", sorted(book.DATA.glob("*.toml")), ids=lambda path: path.stem)
def test_every_file_says_where_it_comes_from(path):
    text = path.read_text()
    assert 'source = "own"' in text
    assert "licence =" in text


def test_slang_and_hints_say_where_they_come_from():
    rows = (book.DATA / "slang.tsv").read_text().splitlines()
    assert all(len(row.split("\t")) == 4 for row in rows)
    assert all(path.read_text().startswith("# source: own") for path in (book.DATA / "hints").glob("*.tsv"))


def test_words_of_this_installation_count_until_they_are_taken_away(tmp_path, capsys):
    try:
        assert not lexicon.attack("kamu semprul")["attack"]
        assert main(["--data", str(tmp_path), "add", "insult", "semprul"]) == 0
        assert main(["--data", str(tmp_path), "add", "slang", "kepengin", "ingin"]) == 0
        lexicon.forget_last()
        assert lexicon.attack("kamu semprul")["attack"]
        assert main(["--data", str(tmp_path), "kamu semprul"]) == 0
        assert "ATTACK-" in capsys.readouterr().out
        with pytest.raises(SystemExit):
            main(["--data", str(tmp_path), "add", "insult"])
    finally:
        local.use(tmp_path / "none")
        lexicon.forget_last()


def test_the_score_prints_what_the_folder_holds(tmp_path):
    rows = [{"text": "aku mau bunuh diri", "level": 2, "violence": 0, "abuse": 0, "other_risk": 0}]
    (tmp_path / "few.jsonl").write_text("\n".join(json.dumps(row) for row in rows))
    printed = "\n".join(score(tmp_path))
    assert "any risk: precision 1.000 recall 1.000" in printed
    assert "mean" in printed
