"""After a session: the wheel for the counsellor, one's own line for a member, and what the seven mean."""

from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from lingkar.accounts.middleware import SignedInRequest, signed_in
from lingkar.accounts.models import Organisation
from lingkar.circle import agreement, asas, cards, farewell, past, sight, supervision, wheel
from lingkar.circle.keys import events, open_room
from lingkar.groups import access
from lingkar.groups.access import Place
from lingkar.ledger import chain
from lingkar.principles.acceptance import gauge as acceptance
from lingkar.principles.openness.events import Post, Whisper
from lingkar.principles.responsibility.commitments import commitments
from lingkar.principles.responsibility.events import ReflectionWritten, UcaGiven
from lingkar.reports import given, journey, paper, pdf, shown
from lingkar.ui.answers import go, mend, typed
from lingkar.vault.errors import RefusedError

LONGEST = 1000


@require_GET
@signed_in
def wheel_page(request: SignedInRequest, session: str) -> HttpResponse:
    """Seven asas felt beside observed; each figure opens to its events."""
    where, found = access.session_place(request.me, session)
    opened = sight.opened(where, found) if where.is_counsellor else None
    if opened is None:
        raise Http404
    context = {"where": where, "session": found, **shown.wheel_context(where, found, opened)}
    return render(request, "reports/wheel.html", context)


@require_GET
@signed_in
def today(request: SignedInRequest, session: str) -> HttpResponse:
    """A member's own line of one session: what I said, who answered me, what I take along. Nobody else's."""
    where, found = access.session_place(request.me, session)
    agreement.need_signed(where, found)
    keys = open_room(where, found)
    if where.is_counsellor or keys is None or not keys.room.keys:
        raise Http404
    mine = where.membership.uid
    names = {line.membership: line.name for line in where.state.roster}
    room = events(keys.room)
    own = events(keys.author)
    posts = [event for event in room if isinstance(event, Post)]
    ids = {event.id for event in posts if event.by == mine}
    context = {
        "where": where,
        "session": found,
        "said": len(ids) + sum(1 for event in own if isinstance(event, Whisper)),
        "answers": [
            {"by": names.get(event.by, "…"), "words": event.text}
            for event in posts
            if event.reply_to in ids and event.by != mine
        ],
        "answered": sum(1 for event in posts if event.by == mine and event.reply_to and event.reply_to not in ids),
        "uca": next((event for event in own if isinstance(event, UcaGiven)), None),
        "reflection": next((event for event in own if isinstance(event, ReflectionWritten)), None),
        "cards": [
            {"card": one.card, "by": names.get(one.card.by, "…")}
            for one in cards.cards(where, found)
            if one.card.to == mine
        ],
    }
    return render(request, "reports/today.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def journey_page(request: SignedInRequest, group: str) -> HttpResponse:
    """All sessions together, and, when the group is over, goodbye."""
    where = access.place(request.me, group)
    if request.method == "POST":
        return _say_goodbye(request, where)
    names = {line.membership: line.name for line in where.state.roster}
    last = farewell.read(where)
    context = {
        "where": where,
        "sheet": where.state.sheet,
        "goodbyes": [{"by": names.get(one.by, "…"), "text": one.text} for one in last.goodbyes],
        "said_mine": last.said_mine,
        **(_for_counsellor(where, last) if where.is_counsellor else _for_member(where)),
    }
    return render(request, "reports/journey.html", context)


def _say_goodbye(request: SignedInRequest, where: Place) -> HttpResponse:
    if where.is_counsellor or not where.group.ended:
        return mend({"": _("Perpisahan dibuka setelah lingkar ini selesai.")}, 409)
    change = typed(request, "change", 1)
    helped, goodbye = (typed(request, name, LONGEST) for name in ("helped", "goodbye"))
    try:
        said = farewell.say(where, change=int(change) if change in set("12345") else 0, helped=helped, goodbye=goodbye)
    except RefusedError:
        return mend({"": _("Kamu belum pernah hadir di pertemuan lingkar ini.")}, 409)
    if any(outcome.signal for outcome in said):
        return go("help", where.group.uid)
    return go("journey", where.group.uid)


def _for_counsellor(where: Place, last: farewell.Farewell) -> dict[str, Any]:
    opened = [(session, sight.opened(where, session)) for session in past.held(where)]
    seen = [(session.number, found.sight) for session, found in opened if found]
    made = journey.journey([number for number, _sight in seen], [one for _number, one in seen], last.outcomes)
    names = asas.principle_names()
    return {
        "journey": made,
        "rows": [(names[item], spokes) for item, spokes in made.rows],
        "fewest": wheel.FEWEST,
        "helped": [one.helped for one in last.outcomes if one.helped],
    }


def _for_member(where: Place) -> dict[str, Any]:
    sessions = past.held(where)
    mine = past.own(where, sessions)
    was_in = [session.number for session in sessions if (keys := open_room(where, session)) and keys.room.keys]
    return {"was_in": was_in, "plans": commitments(mine), "held": len(sessions)}


@require_GET
@signed_in
def given_page(request: SignedInRequest, group: str) -> HttpResponse:
    """Own cards over time; for the counsellor the balance, and the check judged by receivers."""
    where = access.place(request.me, group)
    names = {line.membership: line.name for line in where.state.roster}
    mine, found = where.membership.uid, given.given(where)
    context: dict[str, Any] = {"where": where, "sheet": where.state.sheet}
    if where.is_counsellor:
        members = [line.membership for line in where.state.roster if not line.is_counsellor]
        without, without_any = given.left_out(found, members)
        context["agreement"] = given.agreement(found)
        context["count"] = sum(len(some.cards) for some in found)
        context["over_time"] = [{"number": some.number, "counts": given.qualities(some.cards)} for some in found]
        context["gave_none"], context["got_none"] = [names[one] for one in without], [names[one] for one in without_any]
    else:
        context["sessions"] = [
            {
                "number": some.number,
                "cards": [_card(one, mine, names) for one in some.cards],
                "counts": given.qualities([one for one in some.cards if one.card.by == mine]),
            }
            for some in found
        ]
    return render(request, "reports/given.html", context)


def _card(one: cards.Card, mine: str, names: dict[str, str]) -> dict[str, Any]:
    by_me = one.card.by == mine
    other = one.card.to if by_me else one.card.by
    return {
        "one": one,
        "by_me": by_me,
        "other": names.get(other, "…"),
        "qualities": given.reading(one) if by_me else {},
    }


@require_GET
@signed_in
def supervision_page(request: SignedInRequest, group: str) -> HttpResponse:
    """What the supervisor sees, for the supervisor and for the counsellor alike."""
    where = access.desk_place(request.me, group)
    found = supervision.newest(where)
    names, figures = asas.principle_names(), asas.figures()
    rows = [
        {"name": names[item], "figure": figures[item], "cell": cell}
        for item, cell in zip(figures, found[1].values() if found else (), strict=False)
    ]
    context = {"where": where, "sheet": where.state.sheet, "number": found[0] if found else 0, "rows": rows}
    return render(request, "reports/supervision.html", {**context, "fewest": supervision.FEWEST})


@require_GET
@signed_in
def mirror_page(request: SignedInRequest, group: str) -> HttpResponse:
    """The counsellor's own: which sharing they answered, how soon, and whether they asked or received."""
    where = access.counsellor_place(request.me, group)
    opened = [(session, sight.opened(where, session)) for session in past.held(where)]
    sessions = []
    for session, found in reversed(opened):
        if found:
            reading, answers = acceptance.received(found.sight, where.membership.uid)
            rows = [
                {"by": found.names.get(one.by, "…"), "minutes": int(one.seconds // 60), "asked": one.asked}
                for one in answers
            ]
            sessions.append({"number": session.number, "reading": reading, "rows": rows})
    return render(request, "reports/mirror.html", {"where": where, "sessions": sessions})


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def paper_page(request: SignedInRequest, session: str) -> HttpResponse:
    """For the school's file: attendance by initials, times and counts. Taking the PDF stands in the open ledger."""
    where, found = access.session_place(request.me, session)
    opened = sight.opened(where, found) if where.is_counsellor else None
    if opened is None:
        raise Http404
    made = _document(paper.paper(opened.sight, where.state), where, found.number)
    if request.method != "POST":
        return render(request, "reports/paper.html", {"where": where, "session": found, "paper": made})
    act = {"act": "report", "by": where.membership.uid, "session": found.number}
    with transaction.atomic():
        chain.append(where.group.uid, where.opened, where.me.holder, act)
    headers = {"Content-Disposition": f'attachment; filename="laporan-{found.number}.pdf"'}
    return HttpResponse(pdf.render(made), content_type="application/pdf", headers=headers)


def _document(made: paper.Paper, where: Place, number: int) -> dict[str, Any]:
    current = Organisation.current()
    language = "en" if get_language() == "en" else "id"
    return paper.document(made, where.state.sheet, current.name if current else "", number, language)


@require_GET
def principles(request: HttpRequest) -> HttpResponse:
    """The seven in plain words: what I do, what the counsellor does, what Lingkar does."""
    return render(request, "reports/principles.html", {"principles": asas.principle_pages()})
