"""First in a session: what became of what I wanted to try. May be passed, like anything."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lingkar.accounts.middleware import SignedInRequest, signed_in
from lingkar.circle import past
from lingkar.circle.drafts import Draft, row_uid
from lingkar.circle.keys import open_room, setting
from lingkar.groups import access
from lingkar.principles.responsibility.events import CommitmentReviewed
from lingkar.room import wire
from lingkar.room.closing import LONGEST, WRITE_SECONDS
from lingkar.room.writer import WRITER
from lingkar.ui.answers import go, mend, typed

RESULTS = {"done": 2, "partly": 1, "not-yet": 0}
PASSED = -1


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def plan(request: SignedInRequest, session: str) -> HttpResponse:
    """My plan of last time, and what I say of it to the counsellor; once."""
    where, found = access.session_place(request.me, session)
    keys = open_room(where, found)
    if where.is_counsellor or keys is None or not keys.room.keys:
        raise Http404
    due = past.due(where, found)
    if request.method != "POST":
        return render(request, "room/plan.html", {"where": where, "session": found, "due": due})
    passed, result = request.POST.get("act") == "pass", typed(request, "result", 10)
    if not passed and result not in RESULTS:
        return mend({"result": _("Pilih satu, atau lewat.")})
    if due:
        review = CommitmentReviewed(
            **wire.stamp(row_uid(where.membership.uid, due.plan.id, "review"), where.membership.uid),
            target=due.plan.id,
            result=PASSED if passed else RESULTS[result],
            happened="" if passed else typed(request, "happened", LONGEST),
        )
        outcome = WRITER.submit(Draft(review, keys, setting(where), insists=True)).result(WRITE_SECONDS)
        if outcome.state == "refused":
            return mend({"": wire.sentence(outcome.rule)}, 409)
        if outcome.signal:
            return go("help", where.group.uid)
    return go("room", session)
