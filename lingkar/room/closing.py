"""The closing: pulse, UCA, reflection; each part kept by itself, so that a phone that dies loses one part at most."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lingkar.accounts.middleware import SignedInRequest, signed_in
from lingkar.circle import journal
from lingkar.circle.asas import pulse_texts
from lingkar.circle.closing import PARTS, parts_left
from lingkar.circle.drafts import Draft, row_uid
from lingkar.circle.events import PulseGiven
from lingkar.circle.keys import RoomKeys, events, open_room, setting
from lingkar.groups import access
from lingkar.groups.access import Place
from lingkar.groups.models import GroupSession
from lingkar.ledger.moment import now
from lingkar.principles.contract import Event
from lingkar.principles.responsibility.events import PASSED, ReflectionWritten, UcaGiven
from lingkar.principles.trust.events import StageMoved
from lingkar.room import wire
from lingkar.room.writer import WRITER
from lingkar.ui.answers import go, mend, typed

LONGEST = 2000
WRITE_SECONDS = 10
FORGOTTEN_SECONDS = 3600


def _may_close(keys: RoomKeys, session: GroupSession, minutes: int) -> bool:
    """In the last stage, after the session, and long after its time where nobody closed it."""
    stages = [event for event in events(keys.room) if isinstance(event, StageMoved)]
    if session.state == GroupSession.State.CLOSED or not stages:
        return session.state == GroupSession.State.CLOSED
    return stages[-1].stage == "closing" or now() - stages[0].at > minutes * 60 + FORGOTTEN_SECONDS


def _member(request: SignedInRequest, session: str) -> tuple[Place, GroupSession, RoomKeys]:
    where, found = access.session_place(request.me, session)
    keys = open_room(where, found)
    if where.is_counsellor or keys is None or not keys.room.keys:
        raise Http404
    return where, found, keys


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def closing(request: SignedInRequest, session: str) -> HttpResponse:
    """One part after the other; every answer may be passed."""
    where, found, keys = _member(request, session)
    plan = where.state.plan(session)
    if where.group.ended and request.method != "POST":
        return render(request, "room/closing.html", {"where": where, "session": found, "part": "ended"})
    if not _may_close(keys, found, plan.minutes if plan else 0):
        if request.method == "POST":
            return mend({"": _("Penutup dibuka pada tahap terakhir.")}, 409)
        return render(request, "room/closing.html", {"where": where, "session": found, "part": "early"})
    left = parts_left(keys)
    if request.method != "POST":
        context = {"where": where, "session": found, "part": left[0] if left else "done", "pulse": pulse_texts()}
        context["number"], context["of"] = len(PARTS) - len(left) + 1, len(PARTS)
        return render(request, "room/closing.html", context)
    part = typed(request, "part", 20)
    if part not in PARTS:
        raise Http404
    return _keep_part(request, where, keys, part)


def _keep_part(request: SignedInRequest, where: Place, keys: RoomKeys, part: str) -> HttpResponse:
    stamp = wire.stamp(row_uid(where.membership.uid, keys.session, part), where.membership.uid)
    drafts = [Draft(event, keys, setting(where), insists=True) for event in _read(request, part, stamp)]
    outcomes = [WRITER.submit(draft).result(WRITE_SECONDS) for draft in drafts]
    for outcome in outcomes:
        if outcome.state == "refused":
            return mend({"": wire.sentence(outcome.rule)}, 409)
    if any(outcome.signal for outcome in outcomes):
        return go("help", where.group.uid)
    return go("closing", keys.session)


def _read(request: SignedInRequest, part: str, stamp: dict[str, Any]) -> list[Event]:
    """The events of one part; empty answers stand for passing."""
    passed = request.POST.get("act") == "pass"
    if part == "pulse":
        answers = tuple(0 if passed else _scale(request, f"pulse-{text['id']}") for text in pulse_texts())
        return [PulseGiven(**stamp, answers=answers)]
    if part == "uca":
        understanding = "" if passed else typed(request, "understanding", LONGEST)
        action = "" if passed else typed(request, "action", LONGEST)
        comfort = 0 if passed else _scale(request, "comfort")
        return [UcaGiven(**stamp, understanding=understanding, comfort=comfort, action=action)]
    text = "" if passed else typed(request, "text", LONGEST)
    note = ReflectionWritten(**stamp, text=text or PASSED)
    return journal.at_closing(note, share=bool(text) and request.POST.get("share") == "yes")


def _scale(request: SignedInRequest, name: str) -> int:
    answer = typed(request, name, 1)
    return int(answer) if answer in set("12345") else 0
