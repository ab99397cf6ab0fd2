"""Hints that are asked once or shown to the counsellor alone: what they see, and what they leave."""

import pytest

from lingkar.principles.acceptance import guide as acceptance
from lingkar.principles.confidentiality import guide as confidentiality
from lingkar.principles.contract import Setting
from lingkar.principles.openness.events import Post
from tests.circle.test_wheel import make

CIRCLE = Setting(("Rani Anggraini", "Budi Santoso"), "Budi Santoso")


@pytest.mark.holds("CONFIDENTIALITY-4")
@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("hubungi aku di 081234567890", True),
        ("kemarin Rani Anggraini menangis di kelas", True),
        ("kemarin temanku menangis di kelas", False),
        ("telepon 112 kalau darurat", False),
    ],
)
def test_a_number_or_a_full_name_is_asked_about(text, asks):
    found = confidentiality.guide(make(Post, 1, text=text), CIRCLE)
    assert bool(found) is asks
    if found:
        start, end = found.span
        assert text[start:end].strip()


@pytest.mark.holds("ACCEPTANCE-5")
def test_a_sharing_counts_as_unanswered_after_three_minutes_or_five_posts_by_others():
    seconds, posts = acceptance.limits()
    members = frozenset({"m1", "m2"})
    said = [make(Post, 0, "m1", text="cerita")]
    assert acceptance.unanswered(said, members, now=seconds - 1) == []
    assert [one.member for one in acceptance.unanswered(said, members, now=seconds)] == ["m1"]
    later = [make(Post, at, "m2", text="lain", reply_to="x") for at in range(1, posts + 1)]
    assert [one.member for one in acceptance.unanswered([*said, *later], members, now=1)] == ["m1"]
    answered = [*said, make(Post, 1, "m2", text="aku dengar", reply_to="Post-0")]
    assert acceptance.unanswered(answered, members, now=seconds) == []
    alone = [*said, make(Post, 1, "m1", text="lanjut", reply_to="Post-0")]
    assert [one.member for one in acceptance.unanswered(alone, members, now=seconds)] == ["m1"]
