"""THE write path: rights, safety, gates, guides, number, seal, insert, durable commit. Nothing said gets in elsewhere.

A plain function over a batch: one transaction, each draft decided by itself, so that a bad one spoils no other.
Acknowledgement and delivery happen after it returns, hence after the commit.
"""

import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, replace

from django.db import transaction

from lingkar.circle import reveal, rules
from lingkar.circle.drafts import Batch, Delivery, Draft, Outcome, put, row_uid
from lingkar.circle.events import CaseRaised, CaseStep, HeldPost, HeldReleased, Signal, SignalSeen
from lingkar.groups import rows
from lingkar.groups.audience import Audience
from lingkar.groups.models import Group, GroupSession, Membership
from lingkar.principles.acceptance import guide as acceptance_guide
from lingkar.principles.acceptance.events import Insisted, NormProposed
from lingkar.principles.confidentiality.events import Withdrawn, WithdrawnInPrivate
from lingkar.principles.contract import Event, Shut
from lingkar.principles.feedback import gate as feedback_gate
from lingkar.principles.feedback.events import CardAnswered, CardHeld, CardSent
from lingkar.principles.openness import gate as openness_gate
from lingkar.principles.openness.events import (
    AnswerGiven,
    BowlNote,
    BowlWanted,
    Post,
    RoundAnswered,
    RoundEnded,
    RoundPassed,
    RoundStarted,
    Whisper,
)
from lingkar.principles.trust.events import StageMoved
from lingkar.principles.universality.events import PickingEnded
from lingkar.safety import screen
from lingkar.vault.keyrings import Opened
from lingkar.vault.models import Keyring

DAY = 24 * 3600.0
SPOKEN = (Post, Whisper, BowlNote, RoundAnswered, NormProposed)


def _own_uid(draft: Draft) -> str:
    """A card that was held has a row already; let through, it gets a second one."""
    return row_uid(draft.event.by, draft.event.id, "released" if draft.released_by else "")


def keep(drafts: Sequence[Draft]) -> list[Outcome]:
    """One outcome for each draft, in order; whatever it says is durable when this returns."""
    with transaction.atomic():
        batch = _load(drafts)
        outcomes = [_decide(batch, draft) for draft in drafts]
        for appender in batch.appenders.values():
            appender.flush()
        if batch.erase:
            rows.erase(batch.erase)
    return outcomes


def _load(drafts: Sequence[Draft]) -> Batch:
    sessions = GroupSession.objects.select_for_update().in_bulk({draft.keys.session for draft in drafts})
    groups = {session.group_id for session in sessions.values()} | {draft.keys.group for draft in drafts}
    circles = Membership.objects.select_related("group").filter(group__in=groups)
    members = {membership.pk: membership for membership in circles}
    names = {opened.keyring for draft in drafts for opened in _opened(draft)}
    rings = Keyring.objects.select_for_update().in_bulk(sorted(names))
    uids = [uid for draft in drafts for uid in (*_row_uids(draft), *_same_id(members, draft))]
    return Batch(members, sessions, rings, rows.existing(uids), _of_ended_groups(sessions.values()))


def _of_ended_groups(sessions: Iterable[GroupSession]) -> frozenset[str]:
    """Sessions whose group is over; asked only where one is closed, which spares every live post the question."""
    closed = [session.pk for session in sessions if session.state == GroupSession.State.CLOSED]
    if not closed:
        return frozenset()
    found = GroupSession.objects.filter(pk__in=closed, group__state=Group.State.ENDED)
    return frozenset(found.values_list("pk", flat=True))


def _opened(draft: Draft) -> tuple[Opened, ...]:
    own = (draft.keys.room, draft.keys.counsellors, draft.keys.author, draft.keys.alert)
    return (*own, draft.pair) if draft.pair else own


def _row_uids(draft: Draft) -> Iterator[str]:
    event = draft.event
    yield _own_uid(draft)
    yield row_uid(event.by, event.id, "signal")
    if isinstance(event, Withdrawn):
        yield row_uid(event.by, event.target)
        yield row_uid(event.by, event.target, "released")
    if isinstance(event, HeldReleased):
        yield row_uid(event.author, event.target, "released")
    if isinstance(event, RoundAnswered | RoundPassed):
        yield row_uid(event.by, event.round, "answer")


def _same_id(members: Iterable[str], draft: Draft) -> Iterator[str]:
    """Rows of others that would carry the same id: who took it over could put words in another's place.

    Only of what is spoken under an id that nobody can know before; a closing's can be worked out and must not be taken.
    """
    if not isinstance(draft.event, SPOKEN):
        return
    yield draft.event.id
    yield from (row_uid(one, draft.event.id) for one in members if one != draft.event.by)


def _decide(batch: Batch, draft: Draft) -> Outcome:
    event = draft.event
    if again := _again(batch, draft):
        return again
    if rule := _no_right(batch, draft):
        return Outcome(event.id, "refused", rule=rule)
    if not draft.released_by and any(uid in batch.known for uid in _same_id(batch.members, draft)):
        return Outcome(event.id, "refused", rule="ID-TAKEN")
    if isinstance(event, BowlWanted):
        return Outcome(event.id, "kept", deliveries=tuple(reveal.settle_bowl(batch, draft)))
    if isinstance(event, Withdrawn):
        return _withdraw(batch, draft)
    if isinstance(event, HeldReleased):
        return _release(batch, draft)
    if isinstance(event, PickingEnded):
        return reveal.show_threads(batch, draft)
    shut = rules.shut(event, by_counsellor=batch.members[event.by].is_counsellor) or _shut_round(batch, draft)
    if shut:
        return Outcome(event.id, "refused", rule=shut.rule)
    return _say(batch, draft)


def _again(batch: Batch, draft: Draft) -> Outcome | None:
    """The outcome this draft had before."""
    found = batch.known.get(_own_uid(draft))
    if found is None:
        return None
    keyring, number = found
    held = draft.event.audience == Audience.ROOM and keyring == draft.keys.counsellors.keyring
    signal = row_uid(draft.event.by, draft.event.id, "signal") in batch.known
    return Outcome(draft.event.id, "held" if held else "kept", number, signal=signal)


def _no_right(batch: Batch, draft: Draft) -> str:
    """Re-read inside the transaction: membership, session, newest epoch."""
    member = batch.members.get(draft.event.by)
    if draft.keys.group:
        return _no_right_between(member, draft)
    session = batch.sessions.get(draft.keys.session)
    ring = batch.rings.get(draft.keys.room.keyring)
    if member is None or session is None or ring is None:
        return "NO-RIGHT"
    if not member.is_active or member.group_id != session.group_id:
        return "NO-RIGHT"
    if rule := _too_late(batch, session, draft.event):
        return rule
    if ring.rotation_due and session.state == GroupSession.State.OPEN:
        return "KEYS-TURNING"
    if ring.epoch != draft.keys.room.epoch or draft.keys.room.lock is None:
        return "STALE-KEYS"
    if draft.event.by_counsellor_only and not member.is_counsellor:
        return "COUNSELLOR-ONLY"
    return ""


def _no_right_between(member: Membership | None, draft: Draft) -> str:
    if member is None or not member.is_active or member.group_id != draft.keys.group or not draft.event.is_between:
        return "NO-RIGHT"
    return "" if member.group.state == Group.State.ACTIVE else "GROUP-ENDED"


def _too_late(batch: Batch, session: GroupSession, event: Event) -> str:
    """Most is said while a session is open; the closing also after it; the goodbye only when the group is over."""
    if session.pk in batch.ended or event.after_end:
        is_time = session.pk in batch.ended and event.after_end
        return "" if is_time else "GROUP-ENDED" if session.pk in batch.ended else "NOT-OPEN"
    over = session.state == GroupSession.State.CLOSED and event.after_close
    return "" if over or session.state == GroupSession.State.OPEN else "NOT-OPEN"


def _shut_round(batch: Batch, draft: Draft) -> Shut | None:
    event = draft.event
    if isinstance(event, RoundEnded):
        return openness_gate.shut_end(event, batch.so_far(draft.keys.room))
    if isinstance(event, RoundStarted):
        return openness_gate.shut_start(batch.so_far(draft.keys.room))
    if not isinstance(event, RoundAnswered | RoundPassed):
        return None
    answered = row_uid(event.by, event.round, "answer") in batch.known
    return openness_gate.shut_answer(event, batch.so_far(draft.keys.room), answered=answered)


def _say(batch: Batch, draft: Draft) -> Outcome:
    event = draft.event
    seen = _sign(batch, draft)
    sign = seen if seen and seen.level else None
    remark = None if sign or draft.released_by else rules.remark(event, draft.setting)
    if remark and not draft.insists:
        return Outcome(event.id, "nudged", remark=remark)
    held = bool(sign and sign.hold) or _must_wait(draft)
    deliveries = list(_place(batch, draft, held=held))
    number = deliveries[0].event.number
    if sign:
        signal = Signal(
            id=uuid.uuid4().hex, by=event.by, at=event.at, about=event.id, text=event.words, level=sign.level, held=held
        )
        deliveries.append(put(batch, draft, Audience.COUNSELLORS, signal, row_uid(event.by, event.id, "signal")))
        if draft.keys.alert.lock:
            deliveries.append(_raise_case(batch, draft, signal))
    if remark and remark.rule == acceptance_guide.RULE:
        insisted = Insisted(id=uuid.uuid4().hex, by=event.by, at=event.at, about=event.id, rule=remark.rule)
        deliveries.append(put(batch, draft, Audience.COUNSELLORS, insisted, row_uid(event.by, event.id, "insisted")))
    if isinstance(event, BowlNote | RoundEnded):
        deliveries.extend(reveal.settle_bowl(batch, draft))
    if isinstance(event, RoundEnded):
        deliveries.extend(reveal.show_answers(batch, draft))
    if isinstance(event, StageMoved) and event.stage == "closing" and not event.again:
        deliveries.extend(reveal.show_counted(batch, draft))
    return Outcome(
        event.id,
        "held" if held else "kept",
        number,
        signal=bool(sign),
        offer=seen is not None and sign is None,
        deliveries=tuple(deliveries),
    )


def _sign(batch: Batch, draft: Draft) -> screen.Sign | None:
    """A case opens only from words that were sent: a counsellor's own and what stays with its author raise none."""
    own = draft.event.audience == Audience.AUTHOR or batch.members[draft.event.by].is_counsellor
    return None if own or draft.released_by else screen.screen(draft.event.words)


def _must_wait(draft: Draft) -> bool:
    event = draft.event
    is_card = isinstance(event, CardSent | CardAnswered)
    return is_card and not draft.released_by and feedback_gate.must_wait(event.words)


def _raise_case(batch: Batch, draft: Draft, signal: Signal) -> Delivery:
    """The signal on the group's safety desk, where it is followed up after the session, too."""
    raised = CaseRaised(
        id=signal.id,
        by=signal.by,
        at=signal.at,
        member=signal.by,
        name=draft.setting.name,
        source="words",
        level=signal.level,
        text=signal.text,
        session=draft.keys.session,
    )
    return put(batch, draft, Audience.ALERT, raised, row_uid(signal.by, signal.id, "case"))


def _place(batch: Batch, draft: Draft, *, held: bool) -> Iterator[Delivery]:
    """The event in its audience's keyring, and the author's own copy of what they cannot read there.

    Of what is held and has no way of its own to wait, the counsellors get the words; a card's answer goes without them.
    """
    event = draft.event
    if held and isinstance(event, Post | RoundAnswered):
        reply = getattr(event, "reply_to", "")
        started = getattr(event, "round", "")
        event = HeldPost(id=event.id, by=event.by, at=event.at, text=event.text, reply_to=reply, round=started)
    if held and isinstance(event, BowlNote):
        event = replace(event, stays=True)
    if held and isinstance(event, CardSent):
        event = CardHeld(**{part.name: getattr(event, part.name) for part in fields(CardHeld)})
    if held and (event.audience == Audience.ROOM or isinstance(event, CardAnswered)):
        whisper = Whisper(id=uuid.uuid4().hex, by=event.by, at=event.at, text=event.words)
        yield put(batch, draft, Audience.COUNSELLORS, whisper, row_uid(event.by, event.id, "held"))
        yield put(batch, draft, Audience.AUTHOR, whisper, row_uid(event.by, whisper.id, "copy"))
        if not isinstance(event, CardAnswered):
            return
        event = replace(event, question="")
    shown = replace(event, id=uuid.uuid4().hex, by="", at=event.at // DAY * DAY) if event.unnamed else event
    yield put(batch, draft, event.audience, shown, _own_uid(draft))
    if isinstance(draft.event, RoundAnswered | RoundPassed):
        given = AnswerGiven(id=uuid.uuid4().hex, by="", at=event.at, round=draft.event.round)
        yield put(batch, draft, Audience.ROOM, given, row_uid(event.by, given.round, "answer"))
    if isinstance(event, SignalSeen):
        yield from _acknowledge(batch, draft, event)
    if event.audience == Audience.COUNSELLORS and not batch.members[event.by].is_counsellor:
        yield put(batch, draft, Audience.AUTHOR, event, row_uid(event.by, event.id, "copy"))


def _acknowledge(batch: Batch, draft: Draft, seen: SignalSeen) -> Iterator[Delivery]:
    """Taking notice of a signal in the room answers its case on the desk, if nobody has answered it yet."""
    kept = batch.so_far(draft.keys.counsellors)
    cases = {event.id for event in kept if isinstance(event, Signal) and event.about == seen.target}
    known = batch.so_far(draft.keys.alert)
    answered = {event.case for event in known if isinstance(event, CaseStep)}
    open_cases = {event.id for event in known if isinstance(event, CaseRaised)} & cases
    for case in sorted(open_cases - answered):
        step = CaseStep(id=uuid.uuid4().hex, by=seen.by, at=seen.at, case=case, state="acknowledged")
        yield put(batch, draft, Audience.ALERT, step, row_uid(seen.by, seen.id, "step"))


def _withdraw(batch: Batch, draft: Draft) -> Outcome:
    """Own words only: nobody else can name their row."""
    event = draft.event
    assert isinstance(event, Withdrawn)  # noqa: S101 - narrows the type for the reader and the checker
    plain, released = row_uid(event.by, event.target), row_uid(event.by, event.target, "released")
    own = [*batch.so_far(draft.keys.room), *batch.so_far(draft.keys.author)]
    if plain not in batch.known or not any(_is_own_word(one, event) for one in own):
        return Outcome(event.id, "refused", rule="NOT-YOURS")
    parts = [plain, released, row_uid(event.by, event.target, "copy")]
    batch.erase.extend(parts)
    lay_in = draft.keys.room.keyring if released in batch.known else batch.known[plain][0]
    quiet = WithdrawnInPrivate(id=event.id, by=event.by, at=event.at, target=event.target)
    if lay_in == draft.keys.room.keyring:
        deliveries = [put(batch, draft, Audience.ROOM, event, row_uid(event.by, event.id))]
    elif lay_in == draft.keys.author.keyring:
        deliveries = [put(batch, draft, Audience.AUTHOR, quiet, row_uid(event.by, event.id))]
    else:
        deliveries = [put(batch, draft, Audience.COUNSELLORS, quiet, row_uid(event.by, event.id))]
        deliveries.append(put(batch, draft, Audience.AUTHOR, quiet, row_uid(event.by, event.id, "copy")))
        deliveries.extend(reveal.settle_bowl(batch, draft))
    return Outcome(event.id, "kept", deliveries[0].event.number, deliveries=tuple(deliveries))


def _is_own_word(one: Event, withdrawn: Event) -> bool:
    """Words of this session may be taken back by who said them; acts and marks stand."""
    assert isinstance(withdrawn, Withdrawn)  # noqa: S101 - narrows the type for the reader and the checker
    return one.is_words and one.id == withdrawn.target and one.by == withdrawn.by


def _release(batch: Batch, draft: Draft) -> Outcome:
    """A counsellor lets a held post through, once, in its author's name."""
    event = draft.event
    assert isinstance(event, HeldReleased)  # noqa: S101 - narrows the type for the reader and the checker
    uid = row_uid(event.author, event.target, "released")
    waiting = [kept for kept in batch.so_far(draft.keys.counsellors) if isinstance(kept, HeldPost)]
    held = next((kept for kept in waiting if kept.id == event.target), None)
    if held is None or held.by != event.author or batch.members[held.by].erasing:
        return Outcome(event.id, "refused", rule="NOT-THERE")
    if shut := openness_gate.shut_release(held.round, batch.so_far(draft.keys.room)):
        return Outcome(event.id, "refused", rule=shut.rule)
    if uid in batch.known:
        return Outcome(event.id, "kept", batch.known[uid][1])
    post = Post(id=held.id, by=held.by, at=held.at, text=held.text, reply_to=held.reply_to)
    shown = put(batch, draft, Audience.ROOM, post, uid)
    noted = put(batch, draft, Audience.COUNSELLORS, event, row_uid(event.by, event.id))
    return Outcome(event.id, "kept", noted.event.number, deliveries=(shown, noted))
