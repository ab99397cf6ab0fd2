"""UNIVERSALITY-1: what several carry shows only when five are present, three carry it and two do not.

A later round, also in a later session, shows a theme otherwise than before only when at least three persons changed:
who compares two views, or watches somebody come, stay away, go or choose anew, learns of no single carrier.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from lingkar.principles.contract import Event, rule
from lingkar.principles.openness.events import Nameless
from lingkar.principles.responsibility.events import Admitted, Departed
from lingkar.principles.universality.events import MeTooCounted, PickingStarted, ThreadsPicked, ThreadsShown

PRESENT, CARRIERS, OTHERS = 5, 3, 2


@dataclass(frozen=True)
class Round:
    """Who carried what among those present when a round was published, and the count that stands for each theme.

    A count may stand without having been shown, where too few were present.
    """

    carriers: Mapping[str, frozenset[str]]
    counts: Mapping[str, int]


def carriers(picks: Iterable[ThreadsPicked], members: frozenset[str]) -> dict[str, frozenset[str]]:
    """For each theme those present who picked it; a later pick stands for the earlier.

    Whoever did not pick counts among those who do not carry it: not answering must not narrow down who does.
    """
    last = {pick.by: pick.themes for pick in picks if pick.by in members}
    themes = {theme for chosen in last.values() for theme in chosen}
    return {theme: frozenset(by for by, chosen in last.items() if theme in chosen) for theme in themes}


@rule("UNIVERSALITY-1", page="room")
def may_show(carried: Mapping[str, frozenset[str]], present: int, before: Sequence[Round] = ()) -> dict[str, int]:
    """Counts that may be published; `before`: rounds published so far, the earliest first."""
    counts = _counts(carried, before)
    return {theme: count for theme, count in counts.items() if present >= PRESENT and count <= present - OTHERS}


def _counts(carried: Mapping[str, frozenset[str]], before: Sequence[Round]) -> dict[str, int]:
    """The count of each theme that three carry, or that stood when nearly the same persons carried it."""
    nobody: frozenset[str] = frozenset()
    found: dict[str, int] = {}
    for theme in {*carried, *(theme for earlier in before for theme in (*earlier.carriers, *earlier.counts))}:
        now = carried.get(theme, nobody)
        like = [one for one in before if len(now ^ one.carriers.get(theme, nobody)) < CARRIERS]
        count = like[-1].counts.get(theme, 0) if like else len(now)
        if count >= CARRIERS:
            found[theme] = count
    return found


def written(counts: Mapping[str, int]) -> tuple[str, ...]:
    """`theme=count`, the most carried first."""
    return tuple(f"{theme}={count}" for theme, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _read(threads: Sequence[str]) -> dict[str, int]:
    return {theme: int(count) for theme, count in (thread.split("=") for thread in threads)}


def rounds(room: Sequence[Event], counsellors: Sequence[Event], before: Sequence[Round] = ()) -> tuple[Round, ...]:
    """`before`, and after it what this session has published so far."""
    found = list(before)
    for start, shown, members in _published(room):
        picks = [one for one in counsellors if isinstance(one, ThreadsPicked) and start <= one.at <= shown.at]
        carried = carriers(picks, members)
        found.append(Round(carried, {**_counts(carried, found), **_read(shown.threads)}))
    return tuple(found)


def _published(room: Sequence[Event]) -> Iterator[tuple[float, ThreadsShown, frozenset[str]]]:
    """When each published round began, what it showed, and who was inside."""
    start, inside = 0.0, set[str]()
    for event in room:
        if isinstance(event, Admitted):
            inside.add(event.member)
        elif isinstance(event, Departed):
            inside.discard(event.member)
        elif isinstance(event, PickingStarted):
            start = event.at
        elif isinstance(event, ThreadsShown):
            yield start, event, frozenset(inside)


def threads(
    room: Sequence[Event], counsellors: Sequence[Event], members: frozenset[str], before: Sequence[Round] = ()
) -> tuple[str, ...]:
    """What the round that ends now shows, beside all that was published; `before`: in earlier sessions."""
    starts = [event.at for event in room if isinstance(event, PickingStarted)]
    last = [one for one in counsellors if isinstance(one, ThreadsPicked) and starts and one.at >= starts[-1]]
    return written(may_show(carriers(last, members), len(members), rounds(room, counsellors, before)))


def counted(counsellors: Sequence[Event], members: frozenset[str], room: Sequence[Event]) -> dict[str, int]:
    """What may be shown of "me too" that was only counted, by the words it belongs to.

    The words' author, and whoever came after them, do not count, so that neither fills up who does not carry it; where
    the author is nameless, one more must not carry it.
    """
    said = {(event.target, event.by) for event in counsellors if isinstance(event, MeTooCounted)}
    found: dict[str, int] = {}
    for words in [event for event in room if event.is_words or isinstance(event, Nameless)]:
        heard = {one.member for one in room if isinstance(one, Admitted) and one.number < words.number}
        could = (heard & members) - {words.by}
        carried = frozenset(by for target, by in said if target == words.id and by in could)
        found |= may_show({words.id: carried}, len(could) - (not words.by))
    return found
