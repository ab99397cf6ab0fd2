"""Practice rooms: trying it alone, with scripted members and real keys."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_http_methods

from lingkar.accounts.middleware import SignedInRequest, signed_in
from lingkar.circle import sight
from lingkar.groups import access
from lingkar.groups.models import GroupSession, Membership
from lingkar.practice import debrief
from lingkar.practice.cast import make_room
from lingkar.practice.player import Player
from lingkar.practice.scripts import played_in, scripts
from lingkar.reports import shown
from lingkar.ui.answers import go, typed


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def practice(request: SignedInRequest) -> HttpResponse:
    """Choose a script; some seconds later its room is open and everybody has come in."""
    if not request.me.is_counsellor:
        raise Http404
    language = "en" if get_language() == "en" else "id"
    if request.method != "POST":
        shown = [(one.id, one.title[language], one.about[language]) for one in scripts().values()]
        return render(request, "practice/practice.html", {"scripts": shown})
    script = scripts().get(typed(request, "script", 20))
    if script is None:
        raise Http404
    room = make_room(request.me, script, language)
    group = GroupSession.objects.values_list("group_id", flat=True).get(pk=room.session)
    lead = Membership.objects.get(group_id=group, person=request.me.person)
    Player(script, room, lead.uid, language).start()
    return go("room", room.session)


@require_GET
@signed_in
def debrief_page(request: SignedInRequest, session: str) -> HttpResponse:
    """The wheel, and the moments that the script was made for."""
    where, found = access.session_place(request.me, session)
    script = played_in(where.state.sheet.name) if where.is_counsellor and where.group.is_practice else None
    opened = sight.opened(where, found) if script else None
    if script is None or opened is None:
        raise Http404
    language = "en" if get_language() == "en" else "id"
    seen = debrief.moments(script, opened.sight.events, opened.names, where.membership.uid)
    context = {
        "where": where,
        "sheet": where.state.sheet,
        "moments": [{**vars(one), "text": one.look.text[language]} for one in seen],
        **shown.wheel_context(where, found, opened),
    }
    return render(request, "practice/debrief.html", context)
