"""A member's own pages: the journal with what they share of it, what weighs on them with its answer, own goals."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lingkar.accounts.middleware import SignedInRequest, signed_in
from lingkar.circle import agreement, between, ruptures
from lingkar.circle import journal as notes
from lingkar.circle.asas import strength_texts
from lingkar.circle.drafts import Draft, Outcome
from lingkar.circle.keep import keep
from lingkar.circle.keys import RoomKeys, open_room, setting
from lingkar.circle.moment import stamp
from lingkar.circle.publish import publish
from lingkar.groups import access
from lingkar.groups.access import Place
from lingkar.groups.models import GroupSession
from lingkar.principles.confidentiality.events import Withdrawn
from lingkar.principles.contract import Sight
from lingkar.principles.responsibility import gauge
from lingkar.principles.responsibility.events import GoalRated, GoalSet
from lingkar.principles.responsibility.goals import LEVELS, Goal, goals, words_of
from lingkar.principles.universality.events import StrengthsChosen, StrengthsShared
from lingkar.ui.answers import go, mend, typed
from lingkar.vault.errors import RefusedError

LONGEST = 2000
LONGEST_GOAL = 300
MOST_STRENGTHS = 5
ACTS: dict[str, Callable[[Place, str], list[Outcome]]] = {
    "share": notes.share,
    "unshare": notes.unshare,
    "erase": notes.erase,
}


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def journal(request: SignedInRequest, group: str) -> HttpResponse:
    """My notes of this circle, newest first, and room for another one."""
    where = access.place(request.me, group)
    if request.method == "POST":
        return _write(request, where)
    if where.is_counsellor:
        names = {line.membership: line.name for line in where.state.roster}
        shared = [
            {"by": names.get(one.copy.by, "…"), "at": _time(one.copy.at), "number": one.number, "text": one.copy.text}
            for one in notes.shared(where)
        ]
        return render(request, "journal/shared.html", {"where": where, "shared": shared})
    mine = [{"one": one, "at": _time(one.note.at)} for one in notes.notes(where)]
    return render(request, "journal/journal.html", {"where": where, "sheet": where.state.sheet, "notes": mine})


def _write(request: SignedInRequest, where: Place) -> HttpResponse:
    if where.is_counsellor:
        raise Http404
    text = typed(request, "text", LONGEST)
    if not text:
        return mend({"text": _("Belum ada tulisan.")})
    try:
        outcomes = notes.write(where, text, share=request.POST.get("share") == "yes")
    except RefusedError:
        return mend({"": _("Catatan bisa ditulis mulai dari pertemuan pertamamu.")}, 409)
    return _answered(where, outcomes)


@require_POST
@signed_in
def note_act(request: SignedInRequest, group: str, note: str, act: str) -> HttpResponse:
    """Share one note, take its copy back, or erase it."""
    where = access.place(request.me, group)
    if where.is_counsellor or act not in ACTS:
        raise Http404
    try:
        outcomes = ACTS[act](where, note)
    except RefusedError as error:
        raise Http404 from error
    return _answered(where, outcomes)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def ruptures_page(request: SignedInRequest, group: str) -> HttpResponse:
    """Something weighs on me: to the counsellor alone; its answer stands here, for me alone."""
    where = access.place(request.me, group)
    if request.method != "POST":
        names = {line.membership: line.name for line in where.state.roster}
        found = [
            {"one": one, "by": names.get(one.raised.by, "…"), "at": _time(one.raised.at)}
            for one in ruptures.ruptures(where)
        ]
        return render(request, "journal/ruptures.html", {"where": where, "sheet": where.state.sheet, "found": found})
    text = typed(request, "text", LONGEST)
    if where.is_counsellor:
        raise Http404
    if not text:
        return mend({"text": _("Belum ada tulisan.")})
    try:
        return _answered(where, [ruptures.say(where, text)], "ruptures")
    except RefusedError:
        return mend({"": _("Ini bisa ditulis mulai dari pertemuan pertamamu. Sebelum itu, bicaralah langsung.")}, 409)


@require_POST
@signed_in
def rupture_act(request: SignedInRequest, group: str, target: str, act: str) -> HttpResponse:
    """The counsellor answers; whoever raised it says whether it is better."""
    where = access.place(request.me, group)
    text, better = typed(request, "text", LONGEST), typed(request, "better", 1)
    try:
        if act == "answer":
            if where.is_counsellor and not text:
                return mend({"text": _("Belum ada tulisan.")})
            return _answered(where, [ruptures.answer(where, target, text)], "ruptures")
        if act == "settle" and better in set("012"):
            return _answered(where, [ruptures.settle(where, target, int(better))], "ruptures")
    except RefusedError as error:
        raise Http404 from error
    raise Http404


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def strengths_page(request: SignedInRequest, group: str) -> HttpResponse:
    """What is mine: strengths and values, for oneself; shown to the circle by choice, while a session is open."""
    where = access.place(request.me, group)
    if where.is_counsellor:
        raise Http404
    chosen = [event for event in between.given(where) if isinstance(event, StrengthsChosen)]
    keys = _room_now(where)
    if request.method != "POST":
        mine = chosen[-1].strengths if chosen else ()
        rows = [(item, text, item in mine) for item, text in strength_texts().items()]
        context = {"where": where, "sheet": where.state.sheet, "rows": rows, "most": MOST_STRENGTHS, "may_share": keys}
        return render(request, "journal/strengths.html", context)
    picked = tuple(item for item in strength_texts() if item in request.POST.getlist("strengths"))
    if not 1 <= len(picked) <= MOST_STRENGTHS:
        return mend({"": _("Pilih satu sampai lima.")})
    outcomes = [between.give(where, StrengthsChosen(**stamp(where), strengths=picked))]
    if request.POST.get("share") == "yes":
        if keys is None:
            return mend({"": _("Membagikan ke lingkar bisa selagi pertemuan terbuka. Pilihanmu sudah tersimpan.")}, 409)
        outcomes += keep([Draft(StrengthsShared(**stamp(where), strengths=picked), keys, setting(where))])
        publish(keys.session, outcomes[-1])
    return _answered(where, outcomes, "strengths")


def _room_now(where: Place) -> RoomKeys | None:
    """The room this member is in now."""
    found = where.group.sessions.filter(state=GroupSession.State.OPEN).order_by("-number").first()
    keys = open_room(where, found) if found and not agreement.asked(where) else None
    return keys if keys and keys.is_admitted else None


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def goals_page(request: SignedInRequest, group: str) -> HttpResponse:
    """Own goals with five levels in own words; for the counsellor everybody's, and how many moved."""
    where = access.place(request.me, group)
    if request.method == "POST":
        return _set_goal(request, where)
    names = {line.membership: line.name for line in where.state.roster}
    given = between.given(where)
    found = [one for one in goals(given) if one.goal.by in names]
    context = {
        "where": where,
        "sheet": where.state.sheet,
        "levels": LEVELS,
        "hints": _level_hints(),
        "goals": [_shown(one, names) for one in found],
        "moved": gauge.moved(Sight(tuple(given), tuple(names))) if where.is_counsellor else None,
    }
    return render(request, "journal/goals.html", context)


def _level_hints() -> list[tuple[int, str]]:
    texts = [
        _("Jauh dari harapan"),
        _("Kurang dari harapan"),
        _("Seperti yang kuharapkan"),
        _("Lebih dari harapan"),
        _("Jauh lebih dari harapan"),
    ]
    return list(zip(LEVELS, texts, strict=True))


def _shown(one: Goal, names: dict[str, str]) -> dict[str, object]:
    words = words_of(one.goal)
    hints = dict(_level_hints())
    return {
        "one": one,
        "by": names[one.goal.by],
        "steps": [(level, words.get(level) or hints[level], level == one.level) for level in LEVELS],
        "line": [(_time(rating.at), rating.level) for rating in one.ratings],
    }


def _set_goal(request: SignedInRequest, where: Place) -> HttpResponse:
    if where.is_counsellor:
        raise Http404
    text = typed(request, "text", LONGEST_GOAL)
    levels = tuple(typed(request, f"level-{level}", LONGEST_GOAL) for level in LEVELS)
    if not text:
        return mend({"text": _("Belum ada tulisan.")})
    return _answered(where, [between.give(where, GoalSet(**stamp(where), text=text, levels=levels))], "goals")


@require_POST
@signed_in
def goal_act(request: SignedInRequest, group: str, goal: str, act: str) -> HttpResponse:
    """Say where I stand on my goal today, or erase it."""
    where = access.place(request.me, group)
    mine = [one.goal.id for one in goals(between.given(where)) if one.goal.by == where.membership.uid]
    if goal not in mine or act not in ("rate", "erase"):
        raise Http404
    if act == "erase":
        return _answered(where, [between.give(where, Withdrawn(**stamp(where), target=goal))], "goals")
    level = typed(request, "level", 2)
    if level not in {str(one) for one in LEVELS}:
        return mend({"level": _("Pilih satu.")})
    return _answered(where, [between.give(where, GoalRated(**stamp(where), target=goal, level=int(level)))], "goals")


def _answered(where: Place, outcomes: Sequence[Outcome], page: str = "journal") -> HttpResponse:
    refused = [outcome.rule for outcome in outcomes if outcome.state == "refused"]
    if "GROUP-ENDED" in refused:
        return mend({"": _("Lingkar ini sudah selesai; catatanmu masih bisa dibaca, tidak bisa diubah.")}, 409)
    if refused:
        return mend({"": _("Belum tersimpan. Coba lagi.")}, 409)
    if any(outcome.signal for outcome in outcomes):
        return go("help", where.group.uid)
    return go(page, where.group.uid)


def _time(at: float) -> datetime:
    return datetime.fromtimestamp(at, UTC)
