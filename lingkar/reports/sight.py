"""Opens one session for a report: events of the room, the counsellors and the cards, in order."""

from dataclasses import dataclass

from lingkar.circle import cards, rules, wheel
from lingkar.circle.keys import open_room
from lingkar.groups import rows
from lingkar.groups.access import Place
from lingkar.groups.models import GroupSession
from lingkar.principles.contract import Event, Sight
from lingkar.principles.responsibility.events import Admitted
from lingkar.vault.keyrings import Opened


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
    room = _events(keys.room)
    given = cards.cards(where, session)
    of_cards = [event for one in given for event in (one.card, one.answer) if event]
    events = sorted((*room, *_events(keys.counsellors), *of_cards), key=lambda event: event.at)
    names = {line.membership: line.name for line in where.state.roster}
    admitted = {event.member: event.name for event in room if isinstance(event, Admitted)}
    return Opening(Sight(tuple(events), wheel.members(room)), {**admitted, **names})


def _events(found: Opened) -> list[Event]:
    read = rows.read(found) if found.keys else []
    return [rules.from_document(row.document, row.number) for row in read if row.document]
