"""What "my circles" shows of each group: opened for one page, kept nowhere."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lingkar.accounts.middleware import Me
from lingkar.circle import visit
from lingkar.groups.access import Place, can_open, memberships
from lingkar.groups.models import GroupSession, Membership


@dataclass(frozen=True)
class Meeting:
    """A session with its date; `starts` is None while no date is set."""

    uid: str
    number: int
    starts: datetime | None
    minutes: int
    state: str


@dataclass(frozen=True)
class Circle:
    """One circle of mine. `waits` says why it is not open yet: "confirm", "guardian", "withheld" or ""."""

    uid: str
    name: str
    waits: str
    is_counsellor: bool
    seats: list[dict[str, Any]]
    following: Meeting | None
    is_practice: bool = False


def my_circles(me: Me) -> list[Circle]:
    return [_circle(me, membership) for membership in memberships(me)]


def _circle(me: Me, membership: Membership) -> Circle:
    where = Place(me, membership)
    if not membership.is_active or not can_open(where):
        waits = {Membership.Consent.WAITING: "guardian", Membership.Consent.WITHHELD: "withheld"}
        name = me.book.names.get(membership.group_id, "")
        reason = waits.get(Membership.Consent(membership.consent), "confirm")
        return Circle(membership.group_id, name, reason, is_counsellor=False, seats=[], following=None)
    if membership.is_counsellor:
        visit.settle(where)
    coming = [meeting for meeting in meetings(where) if meeting.state in ("planned", "open")]
    return Circle(
        uid=membership.group_id,
        name=where.state.sheet.name,
        waits="",
        is_counsellor=membership.is_counsellor,
        seats=where.state.seats(),
        following=coming[0] if coming else None,
        is_practice=membership.group.is_practice,
    )


def meetings(where: Place) -> list[Meeting]:
    """All sessions of a group that were not cancelled, by number."""
    states = dict(where.group.sessions.values_list("uid", "state"))
    return [
        Meeting(
            plan.session,
            plan.number,
            datetime.fromisoformat(plan.starts) if plan.starts else None,
            plan.minutes,
            states.get(plan.session, GroupSession.State.CANCELLED),
        )
        for plan in where.state.plans
        if states.get(plan.session) != GroupSession.State.CANCELLED
    ]
