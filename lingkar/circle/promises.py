"""The counsellor's promises as the open ledger tells them: kept or late by what happened, never by a claim."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from lingkar.circle import rules
from lingkar.circle.keys import setting
from lingkar.circle.moment import stamp
from lingkar.groups.access import Place
from lingkar.groups.documents import Plan
from lingkar.groups.models import GroupSession
from lingkar.ledger import chain
from lingkar.ledger.chain import Act
from lingkar.principles.contract import Remark
from lingkar.principles.openness.events import Post
from lingkar.principles.trust.gauge import Held, Promised
from lingkar.vault.errors import RefusedError


@dataclass(frozen=True)
class Promise:
    """What was promised, by which day, and who of the members (memberships) saw it done and when, the first first."""

    id: str
    text: str
    due: date
    seen: tuple[tuple[str, datetime], ...] = ()

    def as_promised(self) -> Promised:
        """For the gauge."""
        ends = timezone.make_aware(datetime.combine(self.due + timedelta(days=1), time.min))
        return Promised(self.id, ends.timestamp(), self.seen[0][1].timestamp() if self.seen else None)


def promises(where: Place) -> list[Promise]:
    """Those this reader's ledger tells of, the earliest day first."""
    return _fold(where, reversed(chain.read(where.group.uid, where.opened)))


def _fold(where: Place, acts: Iterable[Act]) -> list[Promise]:
    """By signer, and not by what an entry says of itself. Who saw it may be forgotten since."""
    people = {line.person: line for line in (*where.state.former, *where.state.roster)}
    found: dict[str, Promise] = {}
    for act in acts:
        line, document = people.get(act.signer), act.document
        if document is None:
            continue
        if document["act"] == "promised" and line and line.is_counsellor:
            found[document["id"]] = Promise(document["id"], document["text"], date.fromisoformat(document["due"]))
        if document["act"] == "promise-seen" and not (line and line.is_counsellor) and document["id"] in found:
            one = found[document["id"]]
            seen = (*one.seen, (line.membership if line else "", datetime.fromisoformat(document["at"])))
            found[one.id] = Promise(one.id, one.text, one.due, seen)
    return sorted(found.values(), key=lambda one: one.due)


def remark(where: Place, text: str) -> Remark | None:
    """A promise passes the same questions as any word to the circle."""
    return rules.remark(Post(**stamp(where), text=text), setting(where))


@transaction.atomic
def promise(where: Place, text: str, due: date) -> None:
    """By a counsellor. The same words for the same day are the same promise."""
    if any((one.text, one.due) == (text, due) for one in promises(where)):
        return
    _note(where, "promised", id=stamp(where)["id"], text=text, due=due.isoformat())


@transaction.atomic
def see(where: Place, target: str) -> None:
    """By a member, once. Raises `RefusedError`."""
    found = next((one for one in promises(where) if one.id == target), None)
    if found is None or where.is_counsellor or where.group.ended:
        raise RefusedError("not yours to say")
    if where.membership.uid not in dict(found.seen):
        _note(where, "promise-seen", id=target)


def held(where: Place) -> list[tuple[Plan, Held]]:
    """Sessions with a date that were not cancelled, as planned and as the ledger tells of them."""
    acts = [act.document for act in chain.read(where.group.uid, where.opened) if act.document]
    when = {(act["act"], act.get("session")): datetime.fromisoformat(act["at"]).timestamp() for act in acts}
    off = set(where.group.sessions.filter(state=GroupSession.State.CANCELLED).values_list("uid", flat=True))
    return [(plan, _held(plan, when)) for plan in where.state.plans if plan.starts and plan.session not in off]


def _held(plan: Plan, when: dict[tuple[Any, Any], float]) -> Held:
    starts = datetime.fromisoformat(plan.starts).timestamp()
    began, ended = (when.get((act, plan.number)) for act in ("opened", "closed"))
    return Held(plan.session, starts, starts + plan.minutes * 60, began, ended)


def _note(where: Place, act: str, **details: str) -> None:
    document = {"act": act, "by": where.membership.uid, **details}
    chain.append(where.group.uid, where.opened, where.me.holder, document)
