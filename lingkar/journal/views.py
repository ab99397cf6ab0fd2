"""A member's own pages: the journal with what they share of it, and what weighs on them with its answer."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lingkar.accounts.middleware import SignedInRequest, signed_in
from lingkar.circle import journal as notes
from lingkar.circle import ruptures
from lingkar.circle.keep import Outcome
from lingkar.groups import access
from lingkar.groups.access import Place
from lingkar.ui.answers import go, mend, typed
from lingkar.vault.errors import RefusedError

LONGEST = 2000
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
