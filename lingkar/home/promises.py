"""The page on which the counsellor's promises stand beside what the open ledger tells of them."""

from datetime import date, datetime, timedelta
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from lingkar.accounts.middleware import SignedInRequest, signed_in
from lingkar.circle import promises, texts
from lingkar.groups import access
from lingkar.groups.access import Place
from lingkar.ledger.moment import now
from lingkar.principles.trust.gauge import Held, kept_dates, kept_promises
from lingkar.ui.answers import ask, go, mend, typed
from lingkar.vault.errors import RefusedError

LONGEST, FARTHEST = 300, timedelta(days=366)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def promises_page(request: SignedInRequest, group: str) -> HttpResponse:
    """What is promised to everybody, whether sessions kept their time, and promises with a day."""
    where = access.place(request.me, group)
    if request.method == "POST":
        return _promise(request, where)
    held, made = promises.held(where), promises.promises(where)
    return render(
        request,
        "home/promises.html",
        {
            "where": where,
            "sheet": where.state.sheet,
            "standing": texts.shown(where.state.sheet.promises),
            "on_time": kept_dates([one for _plan, one in held], now()),
            "sessions": [_session(plan.number, one) for plan, one in held if one.began is not None],
            "kept": kept_promises([one.as_promised() for one in made], now()),
            "promises": [_promised(where, one) for one in made],
            "today": timezone.localdate().isoformat(),
        },
    )


def _session(number: int, one: Held) -> dict[str, Any]:
    times = {name: _time(getattr(one, name)) for name in ("starts", "ends", "began", "ended")}
    return {"number": number, "is_on_time": one.is_on_time(now()), **times}


def _time(seconds: float | None) -> datetime | None:
    return datetime.fromtimestamp(seconds, timezone.get_current_timezone()) if seconds is not None else None


def _promised(where: Place, one: promises.Promise) -> dict[str, Any]:
    names = {line.membership: line.name for line in where.state.roster}
    plain = one.as_promised()
    state = "kept" if plain.is_kept else "late" if plain.seen is not None or now() > plain.due else "open"
    return {
        "one": one,
        "state": state,
        "seen": [names.get(member, "…") for member, _at in one.seen],
        "seen_on": one.seen[0][1] if one.seen else None,
        "mine": where.membership.uid in dict(one.seen),
    }


def _promise(request: SignedInRequest, where: Place) -> HttpResponse:
    if not where.is_counsellor:
        raise Http404
    if where.group.ended:
        return mend({"": _("Lingkar ini sudah selesai.")}, 409)
    text, day = typed(request, "text", LONGEST), _day(typed(request, "due", 10))
    if not text:
        return mend({"text": _("Belum ada tulisan.")})
    if day is None:
        return mend({"due": _("Pilih hari, mulai hari ini dan paling jauh setahun lagi.")})
    remark = promises.remark(where, text)
    if remark and request.POST.get("insists") != "yes":
        return ask(remark.rule, texts.asking(remark, text))
    promises.promise(where, text, day)
    return go("promises", where.group.uid)


def _day(written: str) -> date | None:
    try:
        day = date.fromisoformat(written)
    except ValueError:
        return None
    return day if timezone.localdate() <= day <= timezone.localdate() + FARTHEST else None


@require_POST
@signed_in
def promise_seen(request: SignedInRequest, group: str, target: str) -> HttpResponse:
    """A member says that it was done."""
    where = access.place(request.me, group)
    try:
        promises.see(where, target)
    except RefusedError as error:
        raise Http404 from error
    return go("promises", group)
