"""The text checks: every rule catches and leaves, spans lie inside, nothing raises, own cases keep their figures."""

import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lingkar import lexicon
from lingkar.lexicon import book, local
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
        ("aku udah ga self harm lagi 6 bulan", 0), ("lirik lagunya bilang aku mau mati", 0),
    ],
)  # fmt: skip
def test_levels_follow_negation_past_idiom_and_disguise(text, level):
    assert lexicon.safety(text)["level"] == level


def test_the_own_cases_keep_their_figures():
    def share(name, agrees):
        rows = read(CASES / f"{name}.jsonl")
        return sum(agrees(row) for row in rows) / len(rows)

    assert share("safety", lambda row: lexicon.safety(row["text"])["level"] == row["level"]) >= 0.95
    assert share("safety", lambda row: lexicon.safety(row["text"])["abuse"] == bool(row["abuse"])) == 1
    assert share("leak", lambda row: lexicon.leak(row["text"])["leak"] == bool(row["leak"])) == 1
    assert share("theme", lambda row: row["theme"] in lexicon.theme(row["text"])["themes"][:3]) >= 0.9
    for quality in ("supportive", "specific", "actionable", "attacking"):
        assert share("feedback", lambda row, q=quality: lexicon.feedback(row["text"])[q] == bool(row[q])) >= 0.95


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


@pytest.mark.parametrize("name", ["safety", "attack", "feedback", "theme", "leak"])
def test_every_file_says_where_it_comes_from(name):
    text = (book.DATA / f"{name}.toml").read_text()
    assert 'source = "own"' in text
    assert "licence =" in text
    rows = (book.DATA / "slang.tsv").read_text().splitlines()
    assert all(len(row.split("\t")) == 4 for row in rows)


def test_words_of_this_installation_count_until_they_are_taken_away(tmp_path, capsys):
    try:
        assert not lexicon.attack("kamu semprul")["attack"]
        assert main(["--data", str(tmp_path), "add", "insult", "semprul"]) == 0
        assert main(["--data", str(tmp_path), "add", "slang", "kepengin", "ingin"]) == 0
        lexicon._normal.cache_clear()
        assert lexicon.attack("kamu semprul")["attack"]
        assert main(["--data", str(tmp_path), "kamu semprul"]) == 0
        assert "ATTACK-" in capsys.readouterr().out
        with pytest.raises(SystemExit):
            main(["--data", str(tmp_path), "add", "insult"])
    finally:
        local.use(tmp_path / "none")
        lexicon._normal.cache_clear()


def test_the_score_prints_what_the_folder_holds(tmp_path):
    rows = [{"text": "aku mau bunuh diri", "level": 2, "violence": 0, "abuse": 0, "other_risk": 0}]
    (tmp_path / "few.jsonl").write_text("\n".join(json.dumps(row) for row in rows))
    printed = "\n".join(score(tmp_path))
    assert "any risk: precision 1.00 recall 1.00" in printed
    assert "mean" in printed
