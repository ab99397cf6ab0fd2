"""Flags that a counsellor found to be wrong: kept with the session, and taken out of here only by an explicit act."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from lingkar.circle import cards, past
from lingkar.circle.drafts import Draft
from lingkar.circle.events import FlagJudged, Signal
from lingkar.circle.keep import keep
from lingkar.circle.keys import RoomKeys, events, need, open_room, setting
from lingkar.circle.moment import stamp
from lingkar.groups.access import Place
from lingkar.groups.models import GroupSession
from lingkar.ledger import chain
from lingkar.principles.confidentiality.events import Withdrawn, WithdrawnInPrivate
from lingkar.principles.openness.events import Post
from lingkar.vault.errors import RefusedError

CHECKS = ("safety", "attack")


@dataclass(frozen=True)
class WrongFlag:
    """Words that a check was wrong about. `text` is empty where their author took them back."""

    check: str
    text: str
    number: int


def judge(where: Place, session: GroupSession, target: str, check: str) -> None:
    """Note that a check was wrong about the words with this id. Once. Raises `RefusedError`."""
    keys = need(open_room(where, session))
    signals = {one.id: one.about for one in events(keys.counsellors) if isinstance(one, Signal)}
    about = signals.get(target, target)
    if check not in CHECKS or not where.is_counsellor:
        raise RefusedError("not for you")
    if any(one.target == about and one.check == check for one in _judged(keys)):
        return
    outcome = keep([Draft(FlagJudged(**stamp(where), target=about, check=check), keys, setting(where))])[0]
    if outcome.state != "kept":
        raise RefusedError(outcome.rule)


def wrong(where: Place) -> list[WrongFlag]:
    """All of a group's, the newest session first; empty for whoever is no counsellor."""
    found: list[WrongFlag] = []
    for session in reversed(past.held(where)):
        keys = open_room(where, session)
        if keys is None:
            continue
        said = dict(_words(where, session, keys))
        judged = {(one.check, one.target) for one in _judged(keys)}
        found += [WrongFlag(check, said.get(target, ""), session.number) for check, target in sorted(judged)]
    return found


def export(where: Place) -> list[dict[str, Any]]:
    """As labelled cases: what the check should have said. It stands in the open ledger. The words leave Lingkar."""
    with transaction.atomic():
        act = {"act": "flags-exported", "by": where.membership.uid}
        chain.append(where.group.uid, where.opened, where.me.holder, act)
    nothing = {"safety": {"level": 0, "violence": 0, "abuse": 0, "other_risk": 0}, "attack": {"attack": 0}}
    return [{"text": flag.text, **nothing[flag.check]} for flag in wrong(where) if flag.text]


def _judged(keys: RoomKeys) -> list[FlagJudged]:
    return [one for one in events(keys.counsellors) if isinstance(one, FlagJudged)]


def _words(where: Place, session: GroupSession, keys: RoomKeys) -> Iterator[tuple[str, str]]:
    """Id and words of everything that a check may have flagged, but for what was taken back."""
    heard = [*events(keys.room), *events(keys.counsellors)]
    gone = {one.target for one in heard if isinstance(one, Withdrawn | WithdrawnInPrivate)}
    yield from ((one.about, one.text) for one in heard if isinstance(one, Signal) and one.about not in gone)
    yield from ((one.id, one.text) for one in heard if isinstance(one, Post))
    yield from ((one.card.id, one.card.words) for one in cards.held(where, session))
