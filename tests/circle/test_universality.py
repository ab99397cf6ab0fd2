"""What several carry: when it shows, that nobody can be told from it, and what links two who do not know."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lingkar.principles.openness.events import Post
from lingkar.principles.universality import gate, guide
from lingkar.principles.universality.events import (
    MeToo,
    MeTooCounted,
    PickingStarted,
    ThreadsPicked,
    ThreadsShown,
)
from tests.circle.test_wheel import make

PICKS = st.lists(st.tuples(st.sampled_from([f"m{n}" for n in range(9)]), st.sets(st.sampled_from(["a", "b", "c"]))))


@pytest.mark.holds("UNIVERSALITY-1")
@given(PICKS, st.integers(0, 9))
def test_a_thread_shows_only_where_three_carry_it_and_two_do_not(picks, present):
    members = frozenset(f"m{number}" for number in range(present))
    events = [make(ThreadsPicked, at, by, themes=tuple(themes)) for at, (by, themes) in enumerate(picks)]
    last = {event.by: set(event.themes) for event in events if event.by in members}
    shown = gate.may_show(gate.carriers(events, members), len(members))
    for theme in ("a", "b", "c"):
        carriers = [by for by, themes in last.items() if theme in themes]
        may = len(members) >= 5 and 3 <= len(carriers) <= len(members) - 2
        assert shown.get(theme) == (len(carriers) if may else None)


ALL = [f"m{number}" for number in range(9)]
CHOSEN = st.dictionaries(st.sampled_from(ALL), st.sets(st.sampled_from(["a", "b", "c"])))


def told(rounds, present):
    """Rounds one after the other through the write path's question; what each published."""
    room, counsellors, shown = [], [], []
    for number, (chosen, members) in enumerate(zip(rounds, present, strict=True)):
        room.append(make(PickingStarted, number * 100, "lead", themes=("a", "b", "c")))
        counsellors += [
            make(ThreadsPicked, number * 100 + 1 + at, by, themes=tuple(sorted(themes)))
            for at, (by, themes) in enumerate(chosen.items())
        ]
        shown.append(gate.threads(room, counsellors, frozenset(members)))
        room.append(make(ThreadsShown, number * 100 + 99, "lead", threads=shown[-1]))
    return shown


@pytest.mark.holds("UNIVERSALITY-1")
@given(CHOSEN, st.sampled_from(ALL), st.sets(st.sampled_from(["a", "b", "c"])), st.sampled_from(["pick", "come", "go"]))
def test_one_who_comes_goes_or_picks_anew_changes_nothing_that_is_shown(chosen, one, anew, how):
    others = [member for member in ALL if member != one]
    before = {by: themes for by, themes in chosen.items() if how != "come" or by != one}
    after = {**chosen, one: anew} if how != "go" else {by: themes for by, themes in chosen.items() if by != one}
    first = ALL if how != "come" else others
    first_shown, second_shown = told([before, after], [first, ALL if how != "go" else others])
    assert first_shown == second_shown


@pytest.mark.holds("UNIVERSALITY-1")
@example([{one: {"a"} for one in ALL[:3]}, {"m0": {"a"}}, {}, {}], "m0")
@given(st.lists(CHOSEN, min_size=2, max_size=4), st.sampled_from(ALL))
def test_whoever_compares_all_views_learns_of_no_single_carrier(rounds, one):
    """However many rounds: what is shown changes only where three changed."""
    published = told(rounds, [ALL] * len(rounds))
    for theme in ("a", "b", "c"):
        now = {by for by, themes in rounds[-1].items() if theme in themes}
        earlier = {by for by, themes in rounds[-2].items() if theme in themes}
        counts = [dict(thread.split("=") for thread in shown).get(theme) for shown in published[-2:]]
        if counts[0] != counts[1]:
            assert len(now ^ earlier) >= 3
            assert len((now ^ earlier) - {one}) >= 2


@pytest.mark.holds("UNIVERSALITY-1")
def test_only_counted_me_too_shows_from_three_on_and_names_nobody():
    counted = [make(MeTooCounted, at, f"m{at}", target="Post-3") for at in range(1, 5)]
    members = frozenset(f"m{number}" for number in range(1, 8))
    assert gate.counted(counted[:2], members) == {}
    assert gate.counted([*counted[:2], counted[1]], members) == {}
    assert gate.counted(counted[:3], members) == {"Post-3": 3}
    assert gate.counted(counted, frozenset(f"m{number}" for number in range(1, 5))) == {}


@pytest.mark.holds("UNIVERSALITY-3")
def test_two_sharings_about_the_same_that_do_not_know_of_each_other_are_linked():
    long = "Bapak sama ibu di rumah tiap malam bertengkar soal keluarga dan aku di tengah-tengah terus"
    also = "Orang tuaku mau cerai, di rumah ibu nangis terus dan bapak jarang pulang ke rumah"
    said = [make(Post, 1, "m1", text=long), make(Post, 2, "m2", text=also)]
    members = frozenset({"m1", "m2"})
    assert guide.links(said, members) == [guide.Link("family", ("m1", "m2"))]
    assert guide.links(said, frozenset({"m1"})) == []
    assert guide.links([*said, make(Post, 3, "m2", text="sama", reply_to="Post-1")], members) == []
    assert guide.links([*said, make(MeToo, 4, "m1", target="Post-2")], members) == []
    assert guide.links([make(Post, 1, "m1", text=long), make(Post, 2, "m1", text=also)], members) == []
