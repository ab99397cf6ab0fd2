"""Practice rooms: trying it alone, with scripted members and real keys."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from lingkar.accounts.middleware import SignedInRequest, signed_in
from lingkar.groups.models import GroupSession, Membership
from lingkar.practice.cast import make_room
from lingkar.practice.player import Player
from lingkar.practice.scripts import scripts
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
