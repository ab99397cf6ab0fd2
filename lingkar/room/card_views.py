"""Feedback cards: giving, receiving, and for the counsellor what waits."""

from typing import Any, Literal

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from lingkar import lexicon
from lingkar.accounts.middleware import SignedInRequest, signed_in
from lingkar.circle import agreement, cards, texts
from lingkar.circle.drafts import Outcome
from lingkar.circle.keys import RoomKeys, events, open_room
from lingkar.groups import access
from lingkar.groups.access import Place
from lingkar.groups.models import GroupSession
from lingkar.principles.feedback import guide
from lingkar.principles.feedback.events import Readiness
from lingkar.room import wire
from lingkar.ui.answers import ask, go, mend, typed

LONGEST_PART = 600
DECISIONS = ("released", "coached", "declined")


def _place(request: SignedInRequest, session: str) -> tuple[Place, GroupSession, RoomKeys]:
    where, found = access.session_place(request.me, session)
    agreement.need_signed(where, found)
    keys = open_room(where, found)
    if keys is None or not keys.room.keys:
        raise Http404
    return where, found, keys


@require_GET
@signed_in
def show(request: SignedInRequest, session: str) -> HttpResponse:
    where, found, keys = _place(request, session)
    ready = _ready(keys)
    mine = where.membership.uid
    names = {line.membership: line.name for line in where.state.roster}
    others = [line for line in where.state.roster if line.membership != mine and not line.is_counsellor]
    all_cards = cards.cards(where, found)
    turn = cards.my_turn(events(keys.room), all_cards, mine)
    seen = [_shown(one, names, mine) for one in all_cards]
    context = {
        "where": where,
        "session": found,
        "ready": mine in ready,
        "others": [{"line": line, "ready": line.membership in ready} for line in others],
        "to": request.GET.get("untuk", "") or turn,
        "turn": names.get(turn, ""),
        "received": [one for one in seen if one["to_me"]],
        "given": [one for one in seen if one["by_me"]],
        "all": seen if where.is_counsellor else [],
        "held": [
            {"one": one, "by": names.get(one.card.by, "…"), "to": names.get(one.card.to, "…")}
            for one in cards.held(where, found)
            if not (where.is_counsellor and one.decision)
        ],
    }
    return render(request, "room/cards.html", context)


def _shown(one: cards.Card, names: dict[str, str], mine: str) -> dict[str, Any]:
    return {
        "card": one.card,
        "answer": one.answer,
        "by": names.get(one.card.by, "…"),
        "to": names.get(one.card.to, "…"),
        "to_me": one.card.to == mine,
        "by_me": one.card.by == mine,
    }


def _ready(keys: RoomKeys) -> set[str]:
    """Members who last said that they are ready to receive."""
    ready: dict[str, bool] = {}
    for event in events(keys.room):
        if isinstance(event, Readiness):
            ready[event.by] = event.ready
    return {member for member, is_ready in ready.items() if is_ready}


@require_POST
@signed_in
def pair(request: SignedInRequest, session: str) -> HttpResponse:
    """The counsellor starts a round in which everybody who is ready gives one card and gets one."""
    where, found, keys = _place(request, session)
    if not where.is_counsellor:
        raise Http404
    if found.state != GroupSession.State.OPEN:
        return mend({"": wire.sentence("NOT-OPEN")}, 409)
    return _answered(cards.begin_round(where, found, sorted(_ready(keys))), session)


@require_POST
@signed_in
def give(request: SignedInRequest, session: str) -> HttpResponse:
    where, found, keys = _place(request, session)
    if where.is_counsellor or found.state != GroupSession.State.OPEN:
        return mend({"": wire.sentence("NOT-OPEN")}, 409)
    parts = {name: typed(request, name, LONGEST_PART) for name in ("saw", "effect", "wish")}
    errors = {name: _("Bagian ini belum diisi.") for name in ("saw", "wish") if not parts[name]}
    if errors:
        return mend(errors)
    corrective = request.POST.get("kind") == "corrective"
    insists = request.POST.get("insists") == "yes"
    outcome = cards.give(where, found, typed(request, "to", 32), {**parts, "corrective": corrective}, insists=insists)
    if outcome.remark and outcome.state == "nudged":
        return ask(outcome.remark.rule, texts.asking(outcome.remark, "\n".join(parts.values())))
    if typed(request, "asked", 20) in wire.NUDGES and outcome.state == "kept" and not insists:
        cards.count_softened(where, keys, typed(request, "asked", 20))
    return _answered(outcome, session)


@require_POST
@signed_in
def reply(request: SignedInRequest, session: str) -> HttpResponse:
    """Did it help, and a question back."""
    where, found, _keys = _place(request, session)
    helped = typed(request, "helped", 1)
    if helped not in {"0", "1", "2"}:
        return mend({"helped": _("Pilih satu.")})
    question = typed(request, "question", LONGEST_PART)
    outcome = cards.answer(where, found, typed(request, "card", 32), int(helped), question)
    return _answered(outcome, session)


@require_POST
@signed_in
def decide(request: SignedInRequest, session: str) -> HttpResponse:
    where, found, _keys = _place(request, session)
    decision, text = typed(request, "decision", 12), typed(request, "text", LONGEST_PART)
    if not where.is_counsellor or decision not in DECISIONS:
        raise Http404
    if decision == "coached" and not text:
        return mend({"text": _("Tulis satu kalimat untuk yang menulisnya.")})
    return _answered(cards.decide(where, found, typed(request, "card", 32), decision, text), session)


def _answered(outcome: Outcome, session: str) -> HttpResponse:
    if outcome.state == "refused":
        return mend({"": wire.sentence(outcome.rule)}, 409)
    return go("cards", session)


@require_POST
@signed_in
def reading(request: SignedInRequest, session: str) -> HttpResponse:
    """The four qualities of what is being written, with reasons. Nothing of it is kept."""
    _place(request, session)
    text = "\n".join(typed(request, name, LONGEST_PART) for name in ("saw", "effect", "wish"))
    seen = lexicon.feedback(text)
    language: Literal["id", "en"] = "en" if get_language() == "en" else "id"
    return JsonResponse(
        {
            "qualities": guide.qualities(seen),
            "hints": [hint[language] for hint in seen["hints"]],
            "reasons": [f"“{texts.phrase(text, reason['span'])}”: {reason[language]}" for reason in seen["reasons"]],
        }
    )
