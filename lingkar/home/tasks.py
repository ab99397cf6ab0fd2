"""What waits for a counsellor today: signals first, then people at the door, dates, papers and follow-ups."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from lingkar.accounts.middleware import Me
from lingkar.circle import cards, desk, promises, ruptures
from lingkar.groups.access import Place, backed, can_open, memberships
from lingkar.groups.models import GroupSession, Membership
from lingkar.home.circles import Meeting, meetings
from lingkar.ledger import chain

SLACK = timedelta(hours=1)
"""After its planned minutes a session that is still open counts as forgotten."""


@dataclass(frozen=True)
class Task:
    """`kind` names the sentence, one of `ORDER`. `session` may be empty."""

    kind: str
    circle: str
    group: str
    session: str = ""
    number: int = 0
    count: int = 0
    starts: datetime | None = None


ORDER = ("case", "climbed", "rupture", "door", "unclosed", "today", "promise", "card", "paper", "follow")


def tasks(me: Me) -> list[Task]:
    """The most urgent first."""
    led = [
        Place(me, one) for one in memberships(me) if one.is_counsellor and one.is_active and not one.group.is_practice
    ]
    found = [task for where in led if can_open(where) for task in _of_group(where)]
    for where in backed(me):
        waiting = [case for case in desk.climbed(where) if case.state == desk.STATES[0]]
        if waiting:
            found.append(Task("climbed", where.state.sheet.name, where.group.uid, count=len(waiting)))
    return sorted(found, key=lambda task: ORDER.index(task.kind))


def backing(me: Me) -> list[tuple[str, str]]:
    """Uid and name of the circles I am the backup of."""
    return [(where.group.uid, where.state.sheet.name) for where in backed(me) if can_open(where)]


def _of_group(where: Place) -> list[Task]:
    shared: dict[str, Any] = {"circle": where.state.sheet.name, "group": where.group.uid}
    cases = [case for case in desk.cases(where) if case.is_open]
    new = sum(case.state == desk.STATES[0] for case in cases)
    counts = {
        "case": new,
        "follow": len(cases) - new,
        "rupture": sum(one.answer is None for one in ruptures.ruptures(where)),
        "door": where.group.memberships.filter(state=Membership.State.APPLIED).count(),
    }
    soon = timezone.localdate() + timedelta(days=1)
    counts["promise"] = sum(not one.seen and one.due <= soon for one in promises.promises(where))
    found = [Task(kind, **shared, count=count) for kind, count in counts.items() if count]
    planned = meetings(where)
    acts = [act.document for act in chain.read(where.group.uid, where.opened) if act.document]
    opened = {act["session"]: datetime.fromisoformat(act["at"]) for act in acts if act["act"] == "opened"}
    reported = {act["session"] for act in acts if act["act"] == "report"}
    for meeting in planned:
        needs_paper = not where.group.is_practice and meeting.number not in reported
        kind = _kind(meeting, opened.get(meeting.number), needs_paper=needs_paper)
        if kind:
            task = Task(kind, **shared, session=meeting.uid, number=meeting.number, starts=meeting.starts)
            found.append(task)
    return found + _held(where, shared)


def _kind(meeting: Meeting, opened: datetime | None, *, needs_paper: bool) -> str:
    """What one session asks for, if anything."""
    now = timezone.now()
    if meeting.state == GroupSession.State.OPEN and opened:
        late = now - opened > timedelta(minutes=meeting.minutes) + SLACK
        return "unclosed" if late else "today"
    if meeting.state == GroupSession.State.CLOSED:
        return "paper" if needs_paper else ""
    is_today = meeting.starts is not None and timezone.localdate(meeting.starts) == timezone.localdate()
    return "today" if is_today and meeting.state == GroupSession.State.PLANNED else ""


def _held(where: Place, shared: dict[str, Any]) -> list[Task]:
    """Cards of the latest session that still wait for a decision."""
    latest = where.group.sessions.filter(state__in=("open", "closed")).order_by("-number").first()
    waiting = [one for one in cards.held(where, latest) if not one.decision] if latest else []
    if not latest or not waiting:
        return []
    return [Task("card", **shared, session=latest.uid, number=latest.number, count=len(waiting))]
