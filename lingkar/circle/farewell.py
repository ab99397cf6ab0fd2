"""The end of a group: a last word to the circle, and looking back on the whole; each once, each may be left out."""

from dataclasses import dataclass

from lingkar.circle import past
from lingkar.circle.drafts import Draft, Outcome, row_uid
from lingkar.circle.events import GoodbyeSaid, OutcomeGiven
from lingkar.circle.keep import keep
from lingkar.circle.keys import RoomKeys, events, open_room, setting
from lingkar.circle.moment import stamp
from lingkar.circle.publish import publish
from lingkar.groups.access import Place
from lingkar.vault.errors import RefusedError


@dataclass(frozen=True)
class Farewell:
    """Goodbyes that this reader can open, oldest first; outcomes for counsellors; whether this reader said theirs."""

    goodbyes: tuple[GoodbyeSaid, ...]
    outcomes: tuple[OutcomeGiven, ...]
    said_mine: bool


def read(where: Place) -> Farewell:
    found = [keys for session in past.held(where) if (keys := open_room(where, session))]
    goodbyes = [event for keys in found for event in events(keys.room) if isinstance(event, GoodbyeSaid)]
    outcomes = [event for keys in found for event in events(keys.counsellors) if isinstance(event, OutcomeGiven)]
    own = [event for keys in found for event in events(keys.author) if isinstance(event, OutcomeGiven)]
    return Farewell(tuple(goodbyes), tuple(outcomes), said_mine=bool(own))


def say(where: Place, *, change: int, helped: str, goodbye: str) -> list[Outcome]:
    """In the last session this member was in. Raises `RefusedError` for whoever was in none."""
    keys = _last(where)
    mine = where.membership.uid
    made = {**stamp(where), "id": row_uid(mine, where.group.uid, "outcome")}
    drafts = [Draft(OutcomeGiven(**made, change=change, helped=helped), keys, setting(where), insists=True)]
    if goodbye:
        word = {**stamp(where), "id": row_uid(mine, where.group.uid, "goodbye")}
        drafts.append(Draft(GoodbyeSaid(**word, text=goodbye), keys, setting(where), insists=True))
    outcomes = keep(drafts)
    for outcome in outcomes:
        publish(keys.session, outcome)
    return outcomes


def _last(where: Place) -> RoomKeys:
    for session in reversed(past.held(where)):
        keys = open_room(where, session)
        if keys and keys.is_admitted:
            return keys
    raise RefusedError("in no session")
