"""UNIVERSALITY-1: a theme shows to the circle only when five are present, three carry it and two do not."""

from collections import Counter
from collections.abc import Iterable, Sequence

from lingkar.principles.contract import Event, rule
from lingkar.principles.universality.events import PickingStarted, ThreadsPicked

PRESENT, CARRIERS, OTHERS = 5, 3, 2


@rule("UNIVERSALITY-1", page="room")
def shown(picks: Iterable[ThreadsPicked], members: frozenset[str]) -> tuple[str, ...]:
    """`theme=count` for each theme that may show, the most carried first.

    Whoever did not pick counts among those who do not carry it: not answering must not narrow down who does.
    """
    last = {pick.by: pick.themes for pick in picks if pick.by in members}
    counts = Counter(theme for themes in last.values() for theme in set(themes))
    if len(members) < PRESENT:
        return ()
    may_show = [(theme, count) for theme, count in counts.items() if CARRIERS <= count <= len(members) - OTHERS]
    return tuple(f"{theme}={count}" for theme, count in sorted(may_show, key=lambda item: (-item[1], item[0])))


def this_round(room: Sequence[Event], counsellors: Sequence[Event]) -> list[ThreadsPicked]:
    """Picks made since the latest round began."""
    starts = [event.at for event in room if isinstance(event, PickingStarted)]
    picks = [event for event in counsellors if isinstance(event, ThreadsPicked)]
    return [pick for pick in picks if starts and pick.at >= starts[-1]]
