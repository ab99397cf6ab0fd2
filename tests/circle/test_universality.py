"""What several carry: when it shows, that nobody can be told from it, and what links two who do not know."""

from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lingkar.principles.openness.events import Nameless, Post
from lingkar.principles.responsibility.events import Admitted, Departed
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


def told(rounds, present, sessions=1):
    """Rounds one after the other through the write path's question, in as many sessions; what each published."""
    before, shown = (), []
    room, counsellors, inside = [], [], frozenset()
    for number, (chosen, here) in enumerate(zip(rounds, present, strict=True)):
        if sessions > 1 and number and number % -(-len(rounds) // sessions) == 0:
            before = gate.rounds(room, counsellors, before)
            room, counsellors, inside = [], [], frozenset()
        at, members = number * 100, frozenset(here)
        room += [make(Admitted, at, "lead", member=one, name=one, seat=1) for one in sorted(members - inside)]
        room += [make(Departed, at, "lead", member=one) for one in sorted(inside - members)]
        inside = members
        room.append(make(PickingStarted, at, "lead", themes=("a", "b", "c")))
        counsellors += [
            make(ThreadsPicked, at + 1 + place, by, themes=tuple(sorted(themes)))
            for place, (by, themes) in enumerate(chosen.items())
        ]
        shown.append(gate.threads(room, counsellors, members, before))
        room.append(make(ThreadsShown, at + 99, "lead", threads=shown[-1]))
    return shown


@pytest.mark.holds("UNIVERSALITY-1")
@given(
    CHOSEN,
    st.sampled_from(ALL),
    st.sets(st.sampled_from(["a", "b", "c"])),
    st.sampled_from(["pick", "come", "go"]),
    st.integers(1, 2),
)
def test_one_who_comes_goes_or_picks_anew_changes_nothing_that_is_shown(chosen, one, anew, how, sessions):
    others = [member for member in ALL if member != one]
    before = {by: themes for by, themes in chosen.items() if how != "come" or by != one}
    after = {**chosen, one: anew} if how != "go" else {by: themes for by, themes in chosen.items() if by != one}
    first, second = ALL if how != "come" else others, ALL if how != "go" else others
    first_shown, second_shown = told([before, after], [first, second], sessions)
    room_for = [min(len(first), len(second)) - 2, max(len(first), len(second)) - 2]
    edge = {f"{theme}={count}" for theme in "abc" for count in room_for}
    assert set(first_shown) - edge == set(second_shown) - edge
    assert how != "pick" or first_shown == second_shown


def carried(chosen, theme):
    return {by for by, themes in chosen.items() if theme in themes}


@pytest.mark.holds("UNIVERSALITY-1")
@example([{one: {"a"} for one in ALL[:3]}, {"m0": {"a"}}, {}, {}], 1)
@example([{one: {"a"} for one in ALL[:4]}, {one: {"a"} for one in ALL[:2]}, {one: {"a"} for one in ALL[:5]}], 3)
@given(st.lists(CHOSEN, min_size=2, max_size=5), st.integers(1, 3))
def test_whoever_compares_all_views_learns_of_no_single_carrier(rounds, sessions):
    """However many rounds and sessions: two views differ only where three changed between them,

    or where a view in between, alike within three, has shown the later one already.
    """
    published = told(rounds, [ALL] * len(rounds), sessions)
    for theme in ("a", "b", "c"):
        counts = [dict(thread.split("=") for thread in shown).get(theme) for shown in published]
        held = [carried(chosen, theme) for chosen in rounds]
        for later in range(1, len(rounds)):
            for earlier in range(later):
                if counts[earlier] != counts[later] and len(held[earlier] ^ held[later]) < 3:
                    between = range(earlier + 1, later)
                    assert any(len(held[at] ^ held[later]) < 3 and counts[at] == counts[later] for at in between)


def test_a_count_that_no_longer_fits_those_present_is_not_shown():
    four = {one: {"a"} for one in ALL[:4]}
    assert told([four, four], [ALL, ALL[:4]], 2) == [("a=4",), ()]
    assert told([four, four], [ALL, ALL[:5]], 2) == [("a=4",), ()]
    assert told([four, four, four], [ALL, ALL[:5], ALL], 3) == [("a=4",), (), ("a=4",)]


def in_room(members, late=(), by="m0"):
    """Words said by one of the members who were let in, and whoever came after them."""
    came = [make(Admitted, at, "lead", member=one, name=one, seat=at) for at, one in enumerate((*members, *late))]
    said = make(Post, 50, by, text="cerita") if by else make(Nameless, 50, "", text="cerita")
    ordered = [*came[: len(members)], said, *came[len(members) :]]
    return said.id, [replace(one, number=number) for number, one in enumerate(ordered, start=1)]


def too(target, *members):
    return [make(MeTooCounted, 60 + at, one, target=target) for at, one in enumerate(members)]


@pytest.mark.holds("UNIVERSALITY-1")
def test_only_counted_me_too_shows_from_three_on_and_names_nobody():
    members = [f"m{number}" for number in range(8)]
    words, room = in_room(members)
    assert gate.counted(too(words, "m1", "m2"), frozenset(members), room) == {}
    assert gate.counted(too(words, "m1", "m2", "m2"), frozenset(members), room) == {}
    assert gate.counted(too(words, "m1", "m2", "m3"), frozenset(members), room) == {words: 3}
    assert gate.counted(too(words, "m0", "m1", "m2"), frozenset(members), room) == {}
    assert gate.counted(too("0" * 32, "m1", "m2", "m3"), frozenset(members), room) == {}


@pytest.mark.holds("UNIVERSALITY-1")
@pytest.mark.parametrize(("members", "late", "shows"), [(4, 2, False), (5, 2, False), (6, 0, True), (6, 1, True)])
def test_neither_the_teller_nor_whoever_came_later_fills_up_who_does_not_carry_it(members, late, shows):
    here, later = [f"m{number}" for number in range(members)], [f"late{number}" for number in range(late)]
    words, room = in_room(here, later)
    assert bool(gate.counted(too(words, "m1", "m2", "m3"), frozenset((*here, *later)), room)) is shows
    nameless, room = in_room(here, later, by="")
    assert bool(gate.counted(too(nameless, "m1", "m2", "m3"), frozenset((*here, *later)), room)) is shows


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
