"""After a practice room: the moments that its script was made for, and what the counsellor did with each. No marks."""

from collections.abc import Sequence
from dataclasses import dataclass

from lingkar.circle.events import HeldPost, SignalSeen
from lingkar.practice.scripts import Beat, Look, Script
from lingkar.principles.contract import Event
from lingkar.principles.openness.events import BowlNote, Post, RoundStarted, Whisper

SAID = (Post, HeldPost, Whisper, BowlNote)


@dataclass(frozen=True)
class Moment:
    """`became`: missed (never reached), open, by-other, or done; `seconds` until then, `by` who was first."""

    look: Look
    who: str
    words: str
    became: str
    seconds: int = 0
    by: str = ""


def moments(script: Script, events: Sequence[Event], names: dict[str, str], lead: str) -> list[Moment]:
    """One for each look of the script. `events` of the whole session in order, `names` by membership."""
    beats = {beat.id: beat for beat in script.beats if beat.id}
    return [_moment(look, beats[look.beat], events, names, lead) for look in script.looks]


def _moment(look: Look, beat: Beat, events: Sequence[Event], names: dict[str, str], lead: str) -> Moment:
    said = next((event for event in events if isinstance(event, SAID) and event.words in beat.text.values()), None)
    if said is None:
        return Moment(look, beat.who, "", "missed")
    later = [event for event in events if event.at > said.at]
    mine = [event for event in later if event.by == lead]
    found = {"answer": _answer, "signal": _seen, "invited": _invitation}[look.look](mine, said, look.who)
    if found:
        return Moment(look, beat.who, said.words, "done", round(found.at - said.at))
    other = next((event for event in later if isinstance(event, Post) and event.reply_to == said.id), None)
    if other and other.by != said.by:
        return Moment(look, beat.who, said.words, "by-other", round(other.at - said.at), names.get(other.by, "…"))
    return Moment(look, beat.who, said.words, "open")


def _answer(mine: Sequence[Event], said: Event, _who: str) -> Event | None:
    return next((event for event in mine if isinstance(event, Post)), None)


def _seen(mine: Sequence[Event], said: Event, _who: str) -> Event | None:
    return next((event for event in mine if isinstance(event, SignalSeen) and event.target == said.id), None)


def _invitation(mine: Sequence[Event], said: Event, who: str) -> Event | None:
    """By name, by answering, or by a round in which everybody has a turn."""
    for event in mine:
        if isinstance(event, RoundStarted):
            return event
        if isinstance(event, Post) and (event.reply_to == said.id or who.casefold() in event.text.casefold()):
            return event
    return None
