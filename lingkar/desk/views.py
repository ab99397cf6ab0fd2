"""Asking for help, the desk where a case is followed up, and flags of the text checks that were wrong."""

import json
from datetime import UTC, datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lingkar.accounts.middleware import SignedInRequest, signed_in
from lingkar.circle import desk, flags
from lingkar.circle.desk import Case, Logged, MovedOnError
from lingkar.circle.events import CaseOpened, CaseStep
from lingkar.circle.texts import limit_texts
from lingkar.desk import texts
from lingkar.groups import access
from lingkar.groups.access import Place
from lingkar.principles.confidentiality.limits import LIMITS
from lingkar.safety.models import CrisisContact
from lingkar.ui.answers import go, mend, typed
from lingkar.vault.errors import RefusedError

LONGEST = 1000


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def help_page(request: SignedInRequest, group: str) -> HttpResponse:
    """A member asks to talk alone, or for help now; the counsellors' pages wake within a second."""
    where = access.place(request.me, group)
    if where.is_counsellor:
        raise Http404
    if request.method != "POST":
        context = {"where": where, "sheet": where.state.sheet, "contacts": list(CrisisContact.objects.all())}
        return render(request, "desk/help.html", context)
    source = typed(request, "source", 10)
    if source not in ("talk", "now"):
        return mend({"source": _("Pilih satu.")})
    desk.raise_case(where, source, typed(request, "text", LONGEST), session=typed(request, "session", 32))
    return go("help_asked", group)


@require_GET
@signed_in
def help_asked(request: SignedInRequest, group: str) -> HttpResponse:
    """It has arrived: who will come, and whom to call meanwhile."""
    where = access.place(request.me, group)
    context = {"where": where, "sheet": where.state.sheet, "contacts": list(CrisisContact.objects.all()), "asked": True}
    return render(request, "desk/help.html", context)


@require_GET
@signed_in
def desk_page(request: SignedInRequest) -> HttpResponse:
    """Every case of my groups: the open ones first, the oldest unanswered on top."""
    if not request.me.is_counsellor:
        raise Http404
    led = [Place(request.me, one) for one in access.memberships(request.me) if one.is_counsellor and one.is_active]
    found = [_listed(where, case) for where in led if access.can_open(where) for case in desk.cases(where)]
    found += [_listed(where, case) for where in access.backed(request.me) for case in desk.climbed(where)]
    found.sort(key=lambda item: (not item["case"].is_open, item["case"].state != "raised", item["case"].raised.at))
    return render(request, "desk/desk.html", {"cases": found, "states": texts.case_states()})


def _listed(where: Place, case: Case) -> dict[str, Any]:
    return {"where": where, "case": case, "raised": _time(case.raised.at), "is_open_to_me": case.may_be_read(where)}


def _case(request: SignedInRequest, group: str, case: str) -> tuple[Place, Case]:
    where = access.desk_place(request.me, group)
    found = next((one for one in desk.cases(where) if one.id == case), None)
    if found is None or not found.may_be_read(where):
        raise Http404
    return where, found


@require_GET
@signed_in
def case_page(request: SignedInRequest, group: str, case: str) -> HttpResponse:
    where, found = _case(request, group, case)
    names = {line.membership: line.name for line in where.state.people}
    states = texts.case_states()
    sheet = where.state.sheet
    limits = dict(zip(LIMITS, limit_texts(sheet.leader, sheet.backup, sheet.own_limits), strict=True))
    context = {
        "where": where,
        "case": found,
        "raised": _time(found.raised.at),
        "state": states[found.state],
        "log": [_line(event, names, states, limits) for event in found.log],
        "following": [
            *(
                [(found.state, _("Tetap: %s (hanya catatan)") % states[found.state])]
                if found.log and found.is_open
                else []
            ),
            *((state, states[state]) for state in found.following),
        ],
        "steps": texts.case_checklist(),
        "limits": [(item, title) for item, (title, _text) in limits.items()],
        "backup": sheet.backup,
        "minutes": None if found.answered_after is None else round(found.answered_after / 60),
    }
    return render(request, "desk/case.html", context)


def _line(
    event: Logged,
    names: dict[str, str],
    states: dict[str, str],
    limits: dict[str, tuple[str, str]],
) -> dict[str, Any]:
    shared = {"by": names.get(event.by, "…"), "at": _time(event.at)}
    if isinstance(event, CaseOpened):
        return {**shared, "title": _("Dibuka oleh cadangan")}
    shared["text"] = event.text
    if isinstance(event, CaseStep):
        return {**shared, "title": states[event.state]}
    title = _("Diberi tahu: %s") % event.to
    return {**shared, "title": title, "limit": limits[event.limit][0], "hidden": event.hidden_because}


def _time(at: float) -> datetime:
    return datetime.fromtimestamp(at, UTC)


@require_POST
@signed_in
def step(request: SignedInRequest, group: str, case: str) -> HttpResponse:
    """Move on, with a note of what was done."""
    where, found = _case(request, group, case)
    level = typed(request, "level", 1)
    try:
        desk.step(
            where, found.id, typed(request, "expected", 12), typed(request, "state", 12),
            typed(request, "text", LONGEST), int(level) if level in set("01234") else 0,
        )  # fmt: skip
    except MovedOnError as moved:
        names = {line.membership: line.name for line in where.state.people}
        who = names.get(moved.by, _("Konselor lain"))
        return mend({"": _("%s baru saja mengubah kasus ini. Muat ulang dulu; tulisanmu masih di sini.") % who}, 409)
    except RefusedError:
        return mend({"state": _("Pilih satu.")})
    return go("case", group, case)


@require_POST
@signed_in
def tell(request: SignedInRequest, group: str, case: str) -> HttpResponse:
    """Written down before anybody outside is told."""
    where, found = _case(request, group, case)
    fields = {name: typed(request, name, LONGEST) for name in ("limit", "to", "text", "hidden_because")}
    errors = {name: _("Bagian ini belum diisi.") for name in ("to", "text") if not fields[name]}
    if fields["limit"] not in LIMITS:
        errors["limit"] = _("Pilih satu.")
    if errors:
        return mend(errors)
    desk.tell(where, found.id, fields["limit"], fields["to"], fields["text"], fields["hidden_because"])
    return go("case", group, case)


@require_POST
@signed_in
def open_climbed(request: SignedInRequest, group: str, case: str) -> HttpResponse:
    """The backup opens a case that nobody answered in time; the open ledger says so first."""
    where = access.desk_place(request.me, group)
    if not where.membership.is_backup:
        raise Http404
    try:
        desk.open_as_backup(where, case)
    except RefusedError as error:
        raise Http404 from error
    return go("case", group, case)


@require_POST
@signed_in
def open_by_hand(request: SignedInRequest, group: str) -> HttpResponse:
    """A counsellor noticed something that no check saw."""
    where = access.counsellor_place(request.me, group)
    text, member = typed(request, "text", LONGEST), typed(request, "member", 32)
    line = where.state.line(member)
    if line is None or line.is_counsellor:
        return mend({"member": _("Pilih satu.")})
    desk.raise_case(where, "counsellor", text, member)
    return go("desk")


@require_POST
@signed_in
def judge_flag(request: SignedInRequest, session: str) -> HttpResponse:
    """A counsellor says that a check was wrong about somebody's words."""
    where, found = access.session_place(request.me, session)
    if not where.is_counsellor:
        raise Http404
    try:
        flags.judge(where, found, typed(request, "target", 32), typed(request, "check", 10))
    except RefusedError as error:
        raise Http404 from error
    return go("flags", where.group.uid)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def flags_page(request: SignedInRequest, group: str) -> HttpResponse:
    """Flags that were wrong. They stay here; asking for the file takes their words out of Lingkar."""
    where = access.counsellor_place(request.me, group)
    if request.method != "POST":
        return render(request, "desk/flags.html", {"where": where, "flags": flags.wrong(where)})
    lines = "\n".join(json.dumps(case, ensure_ascii=False) for case in flags.export(where))
    headers = {"Content-Disposition": 'attachment; filename="kasus.jsonl"'}
    return HttpResponse(lines, content_type="application/x-ndjson", headers=headers)
