"""Opens one session for the wheel and the reports: events of the room, the counsellors, cards, ruptures, in order."""

from dataclasses import dataclass

from lingkar.circle import cards, ruptures, wheel
from lingkar.circle.keys import events, open_room
from lingkar.groups.access import Place
from lingkar.groups.models import GroupSession
from lingkar.principles.contract import Sight
from lingkar.principles.responsibility.events import Admitted


@dataclass(frozen=True)
class Opening:
    """What a counsellor may see of a session, and the names at that time."""

    sight: Sight
    names: dict[str, str]


def opened(where: Place, session: GroupSession) -> Opening | None:
    """None where the session was never opened. Raises `VaultError`."""
    keys = open_room(where, session)
    if keys is None:
        return None
    room = events(keys.room)
    given = cards.cards(where, session)
    of_cards = [event for one in given for event in (one.card, one.answer) if event]
    of_pairs = [*of_cards, *ruptures.events_of(where, session)]
    found = sorted((*room, *events(keys.counsellors), *of_pairs), key=lambda event: event.at)
    names = {line.membership: line.name for line in where.state.roster}
    admitted = {event.member: event.name for event in room if isinstance(event, Admitted)}
    return Opening(Sight(tuple(found), wheel.members(room)), {**admitted, **names})
