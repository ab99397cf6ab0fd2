"""A report for the supervisor, made at closing: sums over all sessions, naming nobody, with no cell under five.

It is sealed to the group's counsellors and its named backup, who supervises; the open ledger tells of each.
"""

from collections.abc import Sequence

from django.db import transaction

from lingkar.circle import desk, past, rules, sight
from lingkar.circle.events import SupervisionSealed
from lingkar.circle.keys import events, open_alert
from lingkar.circle.moment import stamp
from lingkar.groups.access import Place
from lingkar.groups.models import GroupSession
from lingkar.ledger import chain
from lingkar.principles.contract import Sight
from lingkar.vault.errors import VaultError

FEWEST = 5
HIDDEN = "-"

type Cell = tuple[int, int] | None


def sums(sights: Sequence[Sight]) -> dict[str, Cell]:
    """Each asas by its rule: part and whole over all sessions; None where a side, or the circle, is fewer than five."""
    found: dict[str, Cell] = {}
    few = len({member for one in sights for member in one.members}) < FEWEST
    for readings in zip(*(rules.readings(one).values() for one in sights), strict=True):
        part, whole = (sum(getattr(reading, name) for reading in readings) for name in ("part", "whole"))
        found[readings[0].rule] = None if few or min(part, whole - part) < FEWEST else (part, whole)
    return found


def told(new: Cell, before: Cell) -> Cell:
    """As in the report before, unless at least five came in between on both sides: subtracting two tells nothing."""
    if new is None or before is None:
        return new if before is None else before
    part, rest = new[0] - before[0], (new[1] - new[0]) - (before[1] - before[0])
    return new if min(part, rest) >= FEWEST else before


def seal(where: Place) -> None:
    """After a session was closed, by its counsellor."""
    sessions = past.held(where)
    opened = [found for session in sessions if (found := _sight(where, session))]
    with transaction.atomic():
        last = newest(where)
        before = last[1] if last else {}
        cells = {rule: told(cell, before.get(rule)) for rule, cell in sums(opened).items()}
        written = tuple(f"{rule}={_written(cell)}" for rule, cell in cells.items())
        desk.append(where, SupervisionSealed(**stamp(where), session=len(sessions), sums=written))
        document = {"act": "supervised", "by": where.membership.uid, "session": len(sessions)}
        chain.append(where.group.uid, where.opened, where.me.holder, document)


def _sight(where: Place, session: GroupSession) -> Sight | None:
    """None for one that was never opened, or that was tampered with: closing goes on, and the wheel's page tells."""
    try:
        found = sight.opened(where, session)
    except VaultError:
        return None
    return found.sight if found else None


def newest(where: Place) -> tuple[int, dict[str, Cell]] | None:
    """The last session's number and the sums; None before the first, and for whoever cannot open them."""
    sealed = [event for event in events(open_alert(where)) if isinstance(event, SupervisionSealed)]
    return (sealed[-1].session, dict(map(_read, sealed[-1].sums))) if sealed else None


def _written(cell: Cell) -> str:
    return HIDDEN if cell is None else f"{cell[0]}/{cell[1]}"


def _read(written: str) -> tuple[str, Cell]:
    rule, _equals, cell = written.partition("=")
    if cell == HIDDEN:
        return rule, None
    part, _slash, whole = cell.partition("/")
    return rule, (int(part), int(whole))
