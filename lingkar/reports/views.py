"""After a session: the wheel for the counsellor, one's own line for a member, and what the seven mean."""

from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_http_methods

from lingkar.accounts.middleware import SignedInRequest, signed_in
from lingkar.circle import asas, cards, rules, wheel
from lingkar.circle.events import PulseGiven
from lingkar.circle.keys import open_room
from lingkar.groups import access, rows
from lingkar.ledger import chain
from lingkar.principles.contract import Event
from lingkar.principles.openness.events import Post, Whisper
from lingkar.principles.responsibility.events import ReflectionWritten, UcaGiven
from lingkar.reports import paper, sight
from lingkar.ui.answers import go

LONGEST_EXCERPT = 160


@require_GET
@signed_in
def wheel_page(request: SignedInRequest, session: str) -> HttpResponse:
    """Seven asas felt beside observed; each figure opens to its events."""
    where, found = access.session_place(request.me, session)
    opened = sight.opened(where, found) if where.is_counsellor else None
    if opened is None:
        raise Http404
    spokes = wheel.spokes(opened.sight)
    by_id = {event.id: event for event in opened.sight.events}
    advice = wheel.suggestion(spokes)
    context = {
        "where": where,
        "session": found,
        "spokes": [_spoke(spoke, by_id, opened.names) for spoke in spokes],
        "present": len(opened.sight.members),
        "pulses": len(opened.sight.of(PulseGiven)),
        "fewest": wheel.FEWEST,
        "advice": asas.suggestions()[advice.item] if advice else "",
        "because": advice,
        "principles": asas.principle_names(),
    }
    return render(request, "reports/wheel.html", context)


def _spoke(spoke: wheel.Spoke, by_id: dict[str, Event], names: dict[str, str]) -> dict[str, Any]:
    reading = spoke.observed
    evidence = [_evidence(by_id[one], names) for one in reading.evidence if one in by_id] if reading else []
    return {
        "item": spoke.item,
        "name": asas.principle_names()[spoke.item],
        "figure": asas.figures().get(spoke.item, ""),
        "observed": reading,
        "share": reading.share if reading else None,
        "felt": spoke.felt,
        "evidence": evidence,
    }


def _evidence(event: Event, names: dict[str, str]) -> dict[str, str]:
    words = event.action if isinstance(event, UcaGiven) else event.words
    return {"by": names.get(event.by, "…"), "words": words[:LONGEST_EXCERPT]}


@require_GET
@signed_in
def today(request: SignedInRequest, session: str) -> HttpResponse:
    """A member's own line of one session: what I said, who answered me, what I take along. Nobody else's."""
    where, found = access.session_place(request.me, session)
    keys = open_room(where, found)
    if where.is_counsellor or keys is None or not keys.room.keys:
        raise Http404
    mine = where.membership.uid
    names = {line.membership: line.name for line in where.state.roster}
    room = [rules.from_document(row.document, row.number) for row in rows.read(keys.room) if row.document]
    own = [rules.from_document(row.document, row.number) for row in rows.read(keys.author) if row.document]
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
def paper_page(request: SignedInRequest, session: str) -> HttpResponse:
    """For the school's file: attendance by initials, times and counts. Printing it stands in the open ledger."""
    where, found = access.session_place(request.me, session)
    opened = sight.opened(where, found) if where.is_counsellor else None
    if opened is None:
        raise Http404
    if request.method == "POST":
        act = {"act": "report", "by": where.membership.uid, "session": found.number}
        with transaction.atomic():
            chain.append(where.group.uid, where.opened, where.me.holder, act)
        return go("paper", session)
    made = paper.paper(opened.sight, where.state)
    names = asas.stage_names()
    context = {
        "where": where,
        "session": found,
        "sheet": where.state.sheet,
        "paper": made,
        "parts": [{"name": names[part.stage], "minutes": part.minutes} for part in made.parts],
    }
    return render(request, "reports/paper.html", context)


@require_GET
def principles(request: HttpRequest) -> HttpResponse:
    """The seven in plain words: what I do, what the counsellor does, what Lingkar does."""
    return render(request, "reports/principles.html", {"principles": asas.principle_pages()})
