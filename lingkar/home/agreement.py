"""The page where a group writes and signs what it agreed on, and where limits that changed are asked for again."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lingkar.accounts.middleware import SignedInRequest, signed_in
from lingkar.accounts.models import Organisation
from lingkar.circle import agreement, texts
from lingkar.circle.drafts import Outcome
from lingkar.circle.keys import open_room
from lingkar.circle.moment import stamp
from lingkar.groups import access
from lingkar.groups.access import Place
from lingkar.groups.documents import LIMITS, worded
from lingkar.groups.models import GroupSession
from lingkar.principles.acceptance.events import NormAnswered, NormProposed
from lingkar.ui.answers import ask, go, mend, typed

LONGEST_NORM, LONGEST_LIMIT, MOST_NORMS = 200, 400, 20


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def agreement_page(request: SignedInRequest, group: str) -> HttpResponse:
    """What holds now, what is proposed, who has signed; one page for counsellor and members."""
    where = access.place(request.me, group)
    session = _open_session(where)
    if request.method == "POST":
        return _act(request, where, session)
    if where.is_counsellor:
        agreement.settle(where)
    names = {line.membership: line.name for line in where.state.roster}
    sheet = where.state.sheet
    asked = agreement.asked(where)
    limits = texts.limit_texts(sheet.leader, sheet.backup, sheet.own_limits)
    context = {
        "where": where,
        "sheet": sheet,
        "session": session,
        "asked": asked,
        "added": texts.shown(asked.added) if asked else [],
        "removed": texts.shown(asked.removed) if asked else [],
        "reworded": [limits[at] for at in asked.limits] if asked else [],
        "norms": list(zip(sheet.norms, texts.shown(sheet.norms), strict=True)),
        "limits": limits,
        "proposals": [_proposal(one, names, where.membership.uid) for one in _proposals(where, session)],
        "unsigned": [
            line.name for line in where.state.roster if not line.is_counsellor and line.signed < sheet.version
        ],
        "newer_limits": where.is_counsellor and _own_limits() != worded(sheet.own_limits),
    }
    return render(request, "home/agreement.html", context)


def _open_session(where: Place) -> GroupSession | None:
    """The session that is going on, if this reader is in it."""
    found = where.group.sessions.filter(state=GroupSession.State.OPEN).order_by("-number").first()
    keys = open_room(where, found) if found else None
    return found if keys and keys.is_admitted else None


def _own_limits() -> tuple[str, ...]:
    current = Organisation.current()
    return worded(tuple(current.own_limits) if current else ())


def _proposals(where: Place, session: GroupSession | None) -> list[agreement.Proposal]:
    return agreement.proposals(where, session) if session else []


def _proposal(one: agreement.Proposal, names: dict[str, str], mine: str) -> dict[str, Any]:
    against = [{"by": names.get(by, "…"), "reason": reason} for by, reason in one.objections]
    answered = "yes" if mine in one.agree else "no" if mine in dict(one.objections) else ""
    return {
        "one": one,
        "by": names.get(one.norm.by, "…"),
        "agree": len(one.agree),
        "against": against,
        "mine": answered,
    }


def _act(request: SignedInRequest, where: Place, session: GroupSession | None) -> HttpResponse:
    act = typed(request, "act", 10)
    if act == "sign" and not where.is_counsellor:
        version = typed(request, "version", 6)
        outcome = agreement.sign(where, int(version) if version.isdecimal() else 0)
        if outcome is None:
            return mend({"": _("Sementara itu ada yang berubah lagi. Muat ulang halaman ini dan baca dulu.")}, 409)
        return _answered(where, outcome)
    if act == "agree" and where.is_counsellor:
        return _agree(request, where, session)
    if act == "limits" and where.is_counsellor:
        agreement.take_limits(where, _own_limits())
        return go("agreement", where.group.uid)
    if act not in ("propose", "answer"):
        raise Http404
    if session is None:
        return mend({"": _("Usulan ditulis selagi pertemuan terbuka, supaya semua bisa menanggapi.")}, 409)
    return _propose(request, where, session) if act == "propose" else _reply(request, where, session)


def _propose(request: SignedInRequest, where: Place, session: GroupSession) -> HttpResponse:
    text = typed(request, "text", LONGEST_NORM)
    if not text:
        return mend({"text": _("Belum ada tulisan.")})
    event = NormProposed(**stamp(where), text=text.lstrip("@"))
    return _answered(where, agreement.say(where, session, event, insists=request.POST.get("insists") == "yes"), text)


def _reply(request: SignedInRequest, where: Place, session: GroupSession) -> HttpResponse:
    target = typed(request, "target", 32)
    if target not in [one.norm.id for one in agreement.proposals(where, session)]:
        return mend({"": _("Usulan itu sudah tidak ada.")}, 409)
    agrees = request.POST.get("agrees") == "yes"
    reason = "" if agrees else typed(request, "objection", LONGEST_NORM)
    event = NormAnswered(**stamp(where), target=target, agrees=agrees, objection=reason)
    return _answered(where, agreement.say(where, session, event, insists=request.POST.get("insists") == "yes"), reason)


def _agree(request: SignedInRequest, where: Place, session: GroupSession | None) -> HttpResponse:
    kept = [norm for norm in where.state.sheet.norms if norm in request.POST.getlist("keep")]
    wanted = request.POST.getlist("add")
    added = [one.norm.text for one in _proposals(where, session) if one.norm.id in wanted]
    if not kept and not added:
        return mend({"": _("Paling sedikit satu kesepakatan harus ada.")})
    if len(kept) + len(added) > MOST_NORMS:
        return mend({"": _("Terlalu banyak: paling banyak 20 kesepakatan.")})
    if not agreement.agree(where, session, tuple(dict.fromkeys((*kept, *added)))):
        return mend({"": _("Tidak ada yang berubah.")}, 409)
    return go("agreement", where.group.uid)


def _answered(where: Place, outcome: Outcome, text: str = "") -> HttpResponse:
    if outcome.state == "nudged" and outcome.remark:
        return ask(outcome.remark.rule, texts.asking(outcome.remark, text))
    if outcome.state == "refused":
        return mend({"": _("Belum tersimpan. Coba lagi.")}, 409)
    return go("help" if outcome.signal else "agreement", where.group.uid)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def limits_page(request: SignedInRequest) -> HttpResponse:
    """The organisation's own wording of the five limits; circles take it over when their counsellor says so."""
    current = Organisation.current()
    if current is None or not request.me.person.leads_installation:
        raise Http404
    if request.method == "POST":
        current.own_limits = [typed(request, f"limit-{at}", LONGEST_LIMIT) for at in range(LIMITS)]
        current.save(update_fields=["own_limits"])
        return go(
            "limits",
            done=_("Tersimpan. Lingkar yang sudah berjalan memakai teks lama sampai konselornya menggantinya."),
        )
    shipped = texts.limit_texts(_("konselormu"), _("cadangan konselor"))
    rows = [
        {"at": at, "title": title, "shipped": text, "own": own}
        for at, ((title, text), own) in enumerate(zip(shipped, worded(tuple(current.own_limits)), strict=True))
    ]
    return render(request, "home/limits.html", {"rows": rows, "longest": LONGEST_LIMIT})
