"""Acts on a session that change keys: opening, admitting, removing, leaving, closing. Signed, over HTTP only."""

from collections.abc import Iterable, Sequence

from django.db import transaction

from lingkar.circle import seal
from lingkar.circle.drafts import Delivery, Draft
from lingkar.circle.keep import keep
from lingkar.circle.keys import need, open_room
from lingkar.circle.moment import stamp
from lingkar.circle.news import News, announce
from lingkar.circle.rules import from_document
from lingkar.groups import actions, documents, rows
from lingkar.groups.access import Place
from lingkar.groups.invitations import Ticket
from lingkar.groups.models import GroupSession, Membership
from lingkar.ledger import chain
from lingkar.principles.confidentiality.events import LimitsExplained
from lingkar.principles.contract import Event, Setting
from lingkar.principles.responsibility.events import Admitted, Departed
from lingkar.principles.trust.events import SessionClosed, StageMoved
from lingkar.vault import keyrings
from lingkar.vault.errors import RefusedError
from lingkar.vault.holder import Recipient
from lingkar.vault.models import Grant, Keyring

FIRST_STAGE = "forming"
NOTHING_SAID = (StageMoved, Admitted, LimitsExplained)


def open_session(where: Place, session: GroupSession, minutes: int) -> None:
    """The counsellor opens the room: keys are made for them alone, everybody else waits in the lobby."""
    with transaction.atomic():
        fresh = GroupSession.objects.select_for_update().get(pk=session.pk)
        if fresh.state != GroupSession.State.PLANNED:
            return
        fresh.state = GroupSession.State.OPEN
        fresh.save(update_fields=["state"])
        for kind in (keyrings.ROOM, keyrings.COUNSELLORS):
            keyrings.create(kind, session.uid, where.me.holder, [where.me.holder.as_recipient()])
        _note(where, "opened", session)
        deliveries = _keep(where, session, [StageMoved(**stamp(where), stage=FIRST_STAGE, minutes=minutes)])
    announce(News(session.uid, deliveries))


def inside(where: Place, session: GroupSession) -> list[str]:
    """Memberships that hold the newest key: who reads what is said now. No counsellors."""
    ring = Keyring.objects.filter(kind=keyrings.ROOM, scope=session.uid).first()
    present = _present(ring) if ring else set()
    return [line.membership for line in where.state.roster if line.person in present and not line.is_counsellor]


def admit(where: Place, session: GroupSession, memberships: Iterable[Membership]) -> int:
    """Admitting is granting. Whoever comes after something was said gets a new epoch. How many came in."""
    lines = [line for found in memberships if found.is_active and (line := where.state.line(found.uid))]
    with transaction.atomic():
        ring = _room_ring(session)
        inside = _present(ring)
        fresh = [line for line in lines if line.person not in inside]
        if not fresh:
            return 0
        events: list[Event] = []
        joining = [documents.recipient(line) for line in fresh]
        last_stage = _last_stage(where, session)
        if _something_was_said(where, session, ring.epoch):
            keyrings.new_epoch(ring, where.me.holder, [*_present_recipients(where, inside), *joining], "admit")
            if last_stage:
                again = StageMoved(**stamp(where), stage=last_stage.stage, minutes=last_stage.minutes, again=True)
                events.append(again)
        else:
            for recipient in joining:
                keyrings.extend(ring, ring.epoch, where.me.holder, recipient, "admit", where.pins)
        for line in fresh:
            events.append(Admitted(**stamp(where), member=line.membership, name=line.name, seat=line.seat))
            _note(where, "admitted", session, member=line.membership, name=line.name)
        deliveries = _keep(where, session, events)
    announce(News(session.uid, deliveries, room=need(open_room(where, session)).room))
    return len(fresh)


def remove(where: Place, target: Membership) -> None:
    """Out of the group at once: grants deleted, sockets closed, new epoch in every open room."""
    with transaction.atomic():
        news = [_take_out(where, session, target) for session in _open_sessions(where)]
        actions.end_membership(where, target, removed=True)
    for item in news:
        announce(item)


def renew(where: Place, target: Membership) -> Ticket:
    """A new invitation for the same place; whoever holds its old keys hears nothing more."""
    ticket = actions.reinvite(where, target)
    with transaction.atomic():
        news = [_take_out(where, session, target, was_inside=True) for session in _open_sessions(where)]
    for item in news:
        announce(item)
    return ticket


def leave(where: Place) -> None:
    """By the member. No counsellor needs to be there: rights and grants end now, keys turn at their next visit."""
    actions.leave(where)
    tell_gone(where.membership)


def tell_gone(membership: Membership) -> None:
    """Sockets of somebody who is out close, and the counsellor's page turns the keys."""
    for session in membership.group.sessions.filter(state=GroupSession.State.OPEN):
        announce(News(session.uid, gone=membership.person_id, turn_keys=True))


def turn_keys_if_due(where: Place, session: GroupSession) -> None:
    """The counsellor is here: make the epoch that somebody's leaving asked for."""
    with transaction.atomic():
        ring = _room_ring(session)
        if not ring.rotation_due:
            return
        present = _present(ring)
        keyrings.new_epoch(ring, where.me.holder, _present_recipients(where, present), "left")
        gone = where.group.memberships.exclude(state=Membership.State.ACTIVE).values_list("uid", flat=True)
        known = {event.member for event in _events(where, session) if isinstance(event, Admitted)}
        departed = {event.member for event in _events(where, session) if isinstance(event, Departed)}
        events = [Departed(**stamp(where), member=uid) for uid in gone if uid in known - departed]
        deliveries = _keep(where, session, events)
    actions.rotate_if_due(where)
    announce(News(session.uid, deliveries, room=need(open_room(where, session)).room))


def close(where: Place, session: GroupSession) -> None:
    """The last word: state closed, and the counsellor's signature over the last number and hash of both keyrings."""
    with transaction.atomic():
        turn_keys_if_due(where, session)
        fresh = GroupSession.objects.select_for_update().get(pk=session.pk)
        if fresh.state != GroupSession.State.OPEN:
            return
        deliveries = _keep(where, session, [SessionClosed(**stamp(where))])
        fresh.state = GroupSession.State.CLOSED
        fresh.seal = seal.make(where, session.uid)
        fresh.save(update_fields=["state", "seal"])
        _note(where, "closed", session)
    announce(News(session.uid, deliveries, closed=True))


def _take_out(where: Place, session: GroupSession, target: Membership, *, was_inside: bool = False) -> News:
    ring = _room_ring(session)
    scopes = Keyring.objects.filter(scope=session.uid).values_list("uid", flat=True)
    was_inside = was_inside or target.person_id in _present(ring)
    keyrings.revoke(scopes, target.person_id)
    if not was_inside:
        return News(session.uid, gone=target.person_id)
    keyrings.new_epoch(ring, where.me.holder, _present_recipients(where, _present(ring)), "remove")
    deliveries = _keep(where, session, [Departed(**stamp(where), member=target.uid)])
    return News(session.uid, deliveries, room=need(open_room(where, session)).room, gone=target.person_id)


def _open_sessions(where: Place) -> list[GroupSession]:
    return list(where.group.sessions.filter(state=GroupSession.State.OPEN))


def _room_ring(session: GroupSession) -> Keyring:
    ring = Keyring.objects.select_for_update().filter(kind=keyrings.ROOM, scope=session.uid).first()
    if ring is None:
        raise RefusedError("not opened")
    return ring


def _present(ring: Keyring) -> set[str]:
    """Persons with a grant of the newest epoch."""
    return set(Grant.objects.filter(keyring=ring, epoch=ring.epoch).values_list("recipient", flat=True))


def _present_recipients(where: Place, persons: set[str]) -> list[Recipient]:
    active = set(
        where.group.memberships.filter(state=Membership.State.ACTIVE, person_id__in=persons).values_list(
            "uid", flat=True
        )
    )
    return [documents.recipient(line) for line in where.state.roster if line.membership in active]


def _events(where: Place, session: GroupSession) -> list[Event]:
    keys = need(open_room(where, session))
    return [from_document(row.document, row.number) for row in rows.read(keys.room) if row.document]


def _last_stage(where: Place, session: GroupSession) -> StageMoved | None:
    stages = [event for event in _events(where, session) if isinstance(event, StageMoved)]
    return stages[-1] if stages else None


def _something_was_said(where: Place, session: GroupSession, epoch: int) -> bool:
    keys = need(open_room(where, session))
    first = keyrings.first_number(keys.room.keyring, [epoch])
    return any(event.number >= first and not isinstance(event, NOTHING_SAID) for event in _events(where, session))


def _keep(where: Place, session: GroupSession, events: Sequence[Event]) -> tuple[Delivery, ...]:
    """The counsellor's own events, by the one write path."""
    keys = need(open_room(where, session))
    outcomes = keep([Draft(event, keys, Setting(())) for event in events])
    for outcome in outcomes:
        if outcome.state != "kept":
            raise RefusedError(outcome.rule)
    return tuple(delivery for outcome in outcomes for delivery in outcome.deliveries)


def _note(where: Place, act: str, session: GroupSession, **details: str) -> None:
    document = {"act": act, "by": where.membership.uid, "session": session.number, **details}
    chain.append(where.group.uid, where.opened, where.me.holder, document)
