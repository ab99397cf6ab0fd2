"""The way in: landing, invitation, limits and situations, the promise, the guardian's answer."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.middleware.csrf import rotate_token
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lingkar.accounts import signin, words
from lingkar.accounts.middleware import Me, Request, let_in
from lingkar.accounts.models import Organisation, Role
from lingkar.circle import erasing, meeting, texts
from lingkar.door import visits
from lingkar.door.visits import Visit
from lingkar.groups import actions, invitations
from lingkar.groups.access import update_book
from lingkar.groups.documents import LONGEST_NAME
from lingkar.groups.invitations import NoInvitationError
from lingkar.groups.models import Invitation, Membership
from lingkar.groups.names import clean_name
from lingkar.principles.confidentiality import gate
from lingkar.ui.answers import go, mend, typed
from lingkar.vault.keybook import Keybook

GET_OR_POST = ["GET", "HEAD", "POST"]


@require_GET
def landing(request: Request) -> HttpResponse:
    """First installation goes to the first account, a signed-in person home, anybody else to the empty seat."""
    if Organisation.current() is None:
        return HttpResponseRedirect("/mulai/")
    return HttpResponseRedirect("/beranda/") if request.me else render(request, "door/landing.html")


@require_GET
def invitation(request: Request) -> HttpResponse:
    """Where links lead. The secret stays in the fragment until the page sends it."""
    return render(request, "door/invitation.html")


@require_POST
def knock(request: Request) -> HttpResponse:
    """Open the door with a link's fragment or a typed code."""
    try:
        fragment = request.POST.get("fragment", "")[:200]
        door = invitations.open_fragment(fragment) if fragment else invitations.open_code(typed(request, "code", 40))
    except NoInvitationError:
        return mend({"code": _("Undangan ini tidak berlaku lagi, atau kodenya salah. Minta yang baru ke konselormu.")})
    purpose = Invitation.objects.values_list("purpose", flat=True).get(pk=door.invitation)
    route = {Invitation.Purpose.GUARDIAN: "guardian", Invitation.Purpose.BACKUP: "backup"}.get(
        Invitation.Purpose(purpose), "sheet"
    )
    return visits.begin(go(route), Visit(door, purpose))


def at_door(view: Callable[[Request, Visit], HttpResponse]) -> Callable[[Request], HttpResponse]:
    """Only with an open invitation; else back to the landing page, or one clear sentence."""

    @wraps(view)
    def guarded(request: Request) -> HttpResponse:
        visit = visits.current(request)
        if visit is None:
            if request.method == "POST":
                return mend({"": _("Halaman ini sudah terlalu lama terbuka. Buka lagi undanganmu.")}, status=409)
            return HttpResponseRedirect("/")
        return view(request, visit)

    return guarded


@require_GET
@at_door
def sheet(request: Request, visit: Visit) -> HttpResponse:
    """Step 1: what this circle is, what the counsellor promises, what everybody agreed on."""
    shown = visit.door.sheet
    context = {"sheet": shown, "norms": texts.shown(shown.norms), "promises": texts.shown(shown.promises)}
    return render(request, "door/sheet.html", context)


@require_http_methods(GET_OR_POST)
@at_door
def read_limits(request: Request, visit: Visit) -> HttpResponse:
    """Step 2: the limits, and three situations until each is answered right."""
    visit.read_limits = True
    situations = _situations(visit)
    if request.method == "POST":
        return _answer_situation(request, visit)
    open_ones = gate.wrong_answers(visit.right, visit.door.sheet.own_limits)
    current = next((item for item in situations if item["id"] in open_ones), None)
    context = {
        "sheet": visit.door.sheet,
        "limits": _limits(visit),
        "situation": current,
        "position": len(situations) - len(open_ones) + 1,
        "count": len(situations),
    }
    return render(request, "door/limits.html", context)


def _limits(visit: Visit) -> list[tuple[str, str]]:
    shown = visit.door.sheet
    return texts.limit_texts(shown.leader, shown.backup, shown.own_limits)


def _situations(visit: Visit) -> list[dict[str, Any]]:
    return texts.situation_texts(_limits(visit), visit.door.sheet.own_limits)


def _answer_situation(request: Request, visit: Visit) -> HttpResponse:
    chosen, name = typed(request, "answer"), typed(request, "situation")
    found = next((item for item in _situations(visit) if item["id"] == name), None)
    if found is None:
        return mend({"": _("Pilih satu jawaban dulu.")})
    why = next((option[2] for option in found["options"] if option[0] == chosen), "")
    if not why:
        return mend({"answer": _("Pilih satu jawaban dulu.")})
    if chosen != found["right"]:
        return mend({"answer": why})
    visit.right[name] = chosen
    route = "promise" if not gate.wrong_answers(visit.right, visit.door.sheet.own_limits) else "read_limits"
    return go(route, praise=why)


@require_http_methods(GET_OR_POST)
@at_door
def promise(request: Request, visit: Visit) -> HttpResponse:
    """Step 3: sign the promise, choose a name, get keys."""
    if visit.purpose != Invitation.Purpose.JOIN:
        return HttpResponseRedirect("/pintu/")
    if gate.wrong_answers(visit.right, visit.door.sheet.own_limits):
        if request.method == "POST":
            return mend({"": _("Jawab dulu ketiga situasi.")}, status=409)
        return HttpResponseRedirect("/pintu/batas/")
    if request.method == "POST":
        return _sign(request, visit)
    made = {"login": signin.free_login(), "passphrase": words.new_passphrase(words.MEMBER_WORDS)}
    return render(
        request, "door/promise.html", {"sheet": visit.door.sheet, "norms": texts.shown(visit.door.sheet.norms), **made}
    )


def _sign(request: Request, visit: Visit) -> HttpResponse:
    errors = _promise_errors(request)
    if errors:
        return mend(errors)
    recovery = ""
    try:
        with transaction.atomic():
            if request.me:
                me = request.me
            else:
                person, holder, recovery = signin.register(
                    typed(request, "login"), request.POST["passphrase"][:256], Role.MEMBER
                )
                me = Me(person, holder)
            name = clean_name(typed(request, "name", LONGEST_NAME))
            membership = actions.apply(visit.door, me.person, me.holder, name, visit.right)
            _remember(me, visit, membership, name)
    except NoInvitationError:
        return mend({"": _("Undangan ini sudah dipakai. Minta yang baru ke konselormu.")}, status=409)
    if request.me:
        return visits.end(request, go("home"))
    rotate_token(request)
    return visits.end(request, let_in(go("home", recovery=recovery), signin.enter(me.person, me.holder)))


def _promise_errors(request: Request) -> dict[str, str]:
    errors = {}
    if not clean_name(typed(request, "name", LONGEST_NAME)):
        errors["name"] = _("Pilih nama yang ingin kamu pakai di lingkar ini.")
    if request.POST.get("promise") != "yes":
        errors["promise"] = _("Beri tanda kalau kamu berjanji.")
    if not request.me:
        if signin.login_is_taken(typed(request, "login")) or not typed(request, "login"):
            errors["login"] = _("Nama masuk ini sudah dipakai.")
        if weak := words.weakness(request.POST.get("passphrase", "")[:256], [typed(request, "login")]):
            errors["passphrase"] = weak
    return errors


def _remember(me: Me, visit: Visit, membership: Membership, name: str) -> None:
    """Pin the counsellor's key and note the own chosen name and the circle's, while nothing is granted yet."""

    def change(book: Keybook) -> None:
        book.pin(visit.door.counsellor.uid, visit.door.counsellor.sign_public)
        book.names[membership.uid] = name
        book.names[membership.group_id] = visit.door.sheet.name

    update_book(me, change)


@require_http_methods(GET_OR_POST)
@at_door
def guardian(request: Request, visit: Visit) -> HttpResponse:
    """A guardian reads what is asked and agrees or not. Consent opens nothing that is said."""
    if visit.purpose != Invitation.Purpose.GUARDIAN:
        return HttpResponseRedirect("/pintu/")
    if visit.door.is_answered:
        return _withdraw(request, visit)
    if request.method != "POST":
        return render(request, "door/guardian.html", {"sheet": visit.door.sheet, "limits": _limits(visit)})
    name, answer = typed(request, "name", LONGEST_NAME), request.POST.get("answer", "")
    if not name:
        return mend({"name": _("Tulis nama Anda.")})
    if answer not in ("agree", "withhold"):
        return mend({"": _("Pilih setuju atau tidak setuju.")})
    try:
        membership = actions.guardian_answers(visit.door, agrees=answer == "agree", name=name)
    except NoInvitationError:
        return mend({"": _("Tautan ini sudah dipakai.")}, status=409)
    if membership.erasing:
        meeting.tell_gone(membership)
    return visits.end(request, go("guardian_done", "withdrawn" if membership.erasing else answer))


def _withdraw(request: Request, visit: Visit) -> HttpResponse:
    """The link with which a guardian agreed takes the consent back."""
    if request.method != "POST":
        return render(request, "door/guardian_withdraws.html", {"sheet": visit.door.sheet})
    membership = actions.of_guardian(visit.door)
    if membership is None:
        return mend({"": _("Tautan ini tidak berlaku lagi.")}, status=409)
    erasing.withdraw_without_keys(membership)
    return visits.end(request, go("guardian_done", "withdrawn"))


@require_http_methods(GET_OR_POST)
@at_door
def backup(request: Request, visit: Visit) -> HttpResponse:
    """Another counsellor agrees to be there when a signal stays unanswered. Only with an account of their own."""
    if visit.purpose != Invitation.Purpose.BACKUP:
        return HttpResponseRedirect("/pintu/")
    is_staff = request.me is not None and request.me.is_counsellor
    if request.method != "POST":
        return render(request, "door/backup.html", {"sheet": visit.door.sheet, "is_staff": is_staff})
    if request.me is None or not is_staff:
        return mend({"": _("Masuk dulu dengan akun konselor, lalu buka tautan ini lagi.")}, status=409)
    try:
        with transaction.atomic():
            membership = actions.apply(visit.door, request.me.person, request.me.holder, visit.door.sheet.backup, {})
            _remember(request.me, visit, membership, visit.door.sheet.backup)
    except NoInvitationError:
        return mend({"": _("Undangan ini sudah dipakai. Minta yang baru ke konselornya.")}, status=409)
    return visits.end(request, go("home", done=_("Tinggal menunggu diterima.")))


@require_GET
def guardian_done(request: Request, answer: str) -> HttpResponse:
    return render(request, "door/guardian_done.html", {"answer": answer})
