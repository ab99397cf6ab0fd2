"""UNIVERSALITY-1: what several carry shows only when five are present, three carry it and two do not.

A later round in the same session shows a theme otherwise than before only when at least three persons changed: who
compares two views, or watches somebody come, go or choose anew, learns of no single carrier.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from lingkar.principles.contract import Event, rule
from lingkar.principles.universality.events import MeTooCounted, PickingStarted, ThreadsPicked, ThreadsShown

PRESENT, CARRIERS, OTHERS = 5, 3, 2


@dataclass(frozen=True)
class Round:
    """Who carried what among those present when a round was published, and what was published of it."""

    carriers: Mapping[str, frozenset[str]]
    published: Mapping[str, int]


def carriers(picks: Iterable[ThreadsPicked], members: frozenset[str]) -> dict[str, frozenset[str]]:
    """For each theme those present who picked it; a later pick stands for the earlier.

    Whoever did not pick counts among those who do not carry it: not answering must not narrow down who does.
    """
    last = {pick.by: pick.themes for pick in picks if pick.by in members}
    themes = {theme for chosen in last.values() for theme in chosen}
    return {theme: frozenset(by for by, chosen in last.items() if theme in chosen) for theme in themes}


@rule("UNIVERSALITY-1", page="room")
def may_show(carried: Mapping[str, frozenset[str]], present: int, before: Round | None = None) -> dict[str, int]:
    """Counts that may be published."""
    found: dict[str, int] = {}
    for theme in {*carried, *(before.carriers if before else ()), *(before.published if before else ())}:
        now, earlier = carried.get(theme, frozenset()), before.carriers.get(theme, frozenset()) if before else None
        if earlier is not None and len(now ^ earlier) < CARRIERS:
            if before and theme in before.published:
                found[theme] = before.published[theme]
        elif present >= PRESENT and CARRIERS <= len(now) <= present - OTHERS:
            found[theme] = len(now)
    return found


def written(counts: Mapping[str, int]) -> tuple[str, ...]:
    """`theme=count`, the most carried first."""
    return tuple(f"{theme}={count}" for theme, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _read(threads: Sequence[str]) -> dict[str, int]:
    return {theme: int(count) for theme, count in (thread.split("=") for thread in threads)}


def threads(room: Sequence[Event], counsellors: Sequence[Event], members: frozenset[str]) -> tuple[str, ...]:
    """What the round that ends now shows, beside what the last one that was published has shown."""
    starts = [event.at for event in room if isinstance(event, PickingStarted)]
    picks = [event for event in counsellors if isinstance(event, ThreadsPicked)]
    before: Round | None = None
    for start, end in pairwise(starts):
        shown = [event for event in room if isinstance(event, ThreadsShown) and start <= event.at < end]
        if shown:
            carried = carriers([one for one in picks if start <= one.at < end], members)
            before = Round(carried, _read(shown[-1].threads))
    last = [one for one in picks if starts and one.at >= starts[-1]]
    return written(may_show(carriers(last, members), len(members), before))


def counted(counsellors: Sequence[Event], members: frozenset[str]) -> dict[str, int]:
    """What may be shown of "me too" that was only counted, by the words it belongs to."""
    said = {(event.target, event.by) for event in counsellors if isinstance(event, MeTooCounted)}
    people = Counter(target for target, by in said if by in members)
    carried = {target: frozenset(by for one, by in said if one == target and by in members) for target in people}
    return may_show(carried, len(members))
