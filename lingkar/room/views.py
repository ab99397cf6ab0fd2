"""The room's page, its acts over HTTP, and the fallback where a network blocks sockets."""

import json
import time
from concurrent.futures import TimeoutError as FutureTimeoutError

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from lingkar.accounts.middleware import SignedInRequest, signed_in
from lingkar.circle import agreement, meeting, past, supervision, visit
from lingkar.circle.asas import theme_texts
from lingkar.circle.drafts import Draft
from lingkar.circle.keys import RoomKeys, open_room, setting
from lingkar.circle.rules import LONGEST_TEXT
from lingkar.groups import access, rows
from lingkar.groups.access import Place
from lingkar.groups.models import GroupSession, Membership
from lingkar.principles.openness.cards import DEPTHS, question_cards
from lingkar.principles.universality.events import THEMES, PickingEnded
from lingkar.room import cockpit, stages, wire
from lingkar.room.sentences import depth_names, sentences, starters
from lingkar.room.writer import WRITER
from lingkar.ui.answers import go, mend
from lingkar.vault import keyrings

WRITE_SECONDS = 10


@require_GET
@signed_in
def room(request: SignedInRequest, session: str) -> HttpResponse:
    """Cockpit for the counsellor, room for a member."""
    where, found = access.session_place(request.me, session)
    if where.is_counsellor:
        visit.settle(where)
        if found.state == GroupSession.State.OPEN:
            meeting.turn_keys_if_due(where, found)
    elif found.state == GroupSession.State.OPEN and agreement.asked(where):
        return redirect("agreement", where.group.uid)
    plan = where.state.plan(session)
    if plan is None or found.state == GroupSession.State.CANCELLED:
        raise Http404
    context = {
        "where": where,
        "session": found,
        "plan": plan,
        "sheet": where.state.sheet,
        "stages": stages.stages(plan.minutes),
        "seats": where.state.seats(),
        "mine": where.membership.uid,
        "sentences": _sentences(where),
        "inside": meeting.inside(where, found),
        "longest": LONGEST_TEXT,
        "themes": json.dumps(THEMES),
        "starters": starters(),
        "theme_names": list(theme_texts().items()),
        "after": _after(where, session),
        **_plans(where, found),
    }
    if where.is_counsellor:
        language = get_language() or "id"
        context["depths"] = list(zip(DEPTHS, depth_names(), strict=True))
        context["cards"] = [{"depth": card.depth, "text": card.text(language)} for card in question_cards()]
    return render(request, "room/cockpit.html" if where.is_counsellor else "room/room.html", context)


def _after(where: Place, session: str) -> str:
    """Where the page leads when the session is closed."""
    if not where.is_counsellor:
        return reverse("closing", args=[session])
    return reverse("debrief" if where.group.is_practice else "wheel", args=[session])


def _plans(where: Place, session: GroupSession) -> dict[str, object]:
    """What somebody wanted to try since last time comes first: a member's own, or everybody's for the counsellor."""
    if session.state != GroupSession.State.OPEN:
        return {}
    if not where.is_counsellor:
        return {"plan_is_due": past.due(where, session) is not None}
    names = {line.membership: line.name for line in where.state.roster}
    found = past.plans_before(where, session)
    return {"plans": [{"by": names.get(by, "…"), "one": one} for by, one in found.items()]}


def _sentences(where: Place) -> dict[str, str]:
    mine = where.state.line(where.membership.uid)
    name = mine.name if mine else ""
    return sentences(counsellor=where.is_counsellor, leader=where.state.sheet.leader, name=name)


def _counsellor(request: SignedInRequest, session: str) -> tuple[Place, GroupSession]:
    where, found = access.session_place(request.me, session)
    if not where.is_counsellor:
        raise Http404
    return where, found


@require_POST
@signed_in
def act(request: SignedInRequest, session: str, act: str) -> HttpResponse:
    """Open, admit, turn keys, close: acts that grant or take away."""
    where, found = _counsellor(request, session)
    if act == "open":
        plan = where.state.plan(session)
        meeting.open_session(where, found, stages.stages(plan.minutes if plan else 40)[0].minutes)
    elif found.state != GroupSession.State.OPEN:
        return mend({"": _("Pertemuan ini tidak sedang terbuka.")}, 409)
    elif act == "admit":
        wanted = request.POST.getlist("membership")
        meeting.admit(where, found, where.group.memberships.filter(uid__in=wanted, state=Membership.State.ACTIVE))
    elif act == "turn":
        visit.settle(where)
        meeting.turn_keys_if_due(where, found)
    elif act == "close":
        meeting.close(where, found)
        supervision.seal(where)
    else:
        raise Http404
    return go("room", session)


@require_GET
@signed_in
def hints(request: SignedInRequest, session: str) -> HttpResponse:
    where, found = _counsellor(request, session)
    keys = open_room(where, found)
    return JsonResponse(
        cockpit.hints(keys, where.state, time.time()) if keys else {"unanswered": [], "unheard": [], "links": []}
    )


@require_POST
@signed_in
def say(request: SignedInRequest, session: str) -> HttpResponse:
    """The same frame as on the socket, through the same writer."""
    where, found = access.session_place(request.me, session)
    keys = open_room(where, found)
    if keys is None:
        return mend({"": wire.sentence("NOT-OPEN")}, 409)
    if agreement.asked(where):
        return mend({"": wire.sentence("AGREE-FIRST")}, 409)
    try:
        frame = wire.read(request.POST.get("frame", ""))
        event = wire.event_of(frame, where.membership.uid)
    except wire.FrameError:
        return mend({"": wire.sentence("BAD-FRAME")}, 400)
    before = past.rounds(where, found) if isinstance(event, PickingEnded) and where.is_counsellor else ()
    draft = Draft(event, keys, setting(where, found), insists=bool(frame.get("insists")), before=before)
    try:
        outcome = WRITER.submit(draft).result(WRITE_SECONDS)
    except FutureTimeoutError:
        return mend({"": wire.sentence("FAILED")}, 503)
    return JsonResponse(wire.answered(outcome, get_language() or "id"))


@require_GET
@signed_in
def since(request: SignedInRequest, session: str, number: int) -> HttpResponse:
    """The room's events after a number, and all own and counsellors' ones, for a browser without a socket."""
    where, found = access.session_place(request.me, session)
    keys = None if agreement.asked(where) else open_room(where, found)
    if keys is None:
        return JsonResponse({"inside": False, "state": found.state, "frames": []})
    return JsonResponse({"inside": keys.is_admitted, "state": found.state, "frames": _frames(keys, number)})


def _frames(keys: RoomKeys, number: int) -> list[dict[str, object]]:
    frames: list[dict[str, object]] = []
    for audience, opened in (
        (keyrings.ROOM, keys.room),
        (keyrings.COUNSELLORS, keys.counsellors),
        (keyrings.AUTHOR, keys.author),
    ):
        after = number if audience == keyrings.ROOM else 0
        for row in rows.read(opened, after) if opened.keys else []:
            document = wire.shown(row.document or {"kind": "Erased"})
            frames.append({"t": "event", "a": audience, "n": row.number, "e": document})
    return frames
