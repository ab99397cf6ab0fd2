"""Signing in and out, recovery, and one's own account."""

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import rotate_token
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from lingkar.accounts import sessions, signin, words
from lingkar.accounts.middleware import DEVICE_SECONDS, Request, SignedInRequest, let_in, let_out, signed_in
from lingkar.accounts.signin import WrongError
from lingkar.ui.answers import go, mend, typed

GET_OR_POST = ["GET", "HEAD", "POST"]


def wrong() -> HttpResponse:
    return mend({"": _("Nama masuk, kata sandi, atau kodenya belum cocok.")}, status=403)


@require_http_methods(GET_OR_POST)
def sign_in(request: Request) -> HttpResponse:
    """One form for everybody; the six digits count for counsellors only."""
    if request.method != "POST":
        if request.me:
            return HttpResponseRedirect("/beranda/")
        return render(request, "accounts/sign_in.html", {"known": request.COOKIES.get(settings.NAME_COOKIE, "")})
    device = request.COOKIES.get(settings.DEVICE_COOKIE, "")
    try:
        entry = signin.sign_in(
            typed(request, "login"), request.POST.get("passphrase", "")[:256], typed(request, "totp", 8), device
        )
    except WrongError:
        return wrong()
    rotate_token(request)
    known = signin.is_known_device(entry.person, device)
    response = let_in(go("home"), entry, "" if known else signin.remember_device(entry.person))
    return remember_name(
        response, words.normalise_login(typed(request, "login")), wanted=bool(request.POST.get("remember"))
    )


def remember_name(response: HttpResponse, login: str, *, wanted: bool) -> HttpResponse:
    """The made login name in this browser, where its owner asked for it; it says nothing about them."""
    if wanted:
        response.set_cookie(
            settings.NAME_COOKIE,
            login,
            max_age=DEVICE_SECONDS,
            secure=settings.OVER_TLS,
            httponly=True,
            samesite="Strict",
        )
    else:
        response.delete_cookie(settings.NAME_COOKIE, path="/", samesite="Strict")
    return response


@require_POST
def sign_out(request: Request) -> HttpResponse:
    sessions.STORE.drop(request.COOKIES.get(settings.SESSION_ID_COOKIE, ""))
    return let_out(go("landing"))


@require_http_methods(GET_OR_POST)
def recover(request: Request) -> HttpResponse:
    """Login name and recovery code give a new passphrase and a new code."""
    if request.method != "POST":
        return render(request, "accounts/recover.html", {"made": words.new_passphrase(words.STAFF_WORDS)})
    passphrase = request.POST.get("passphrase", "")[:256]
    if weak := words.weakness(passphrase, [typed(request, "login")]):
        return mend({"passphrase": weak})
    try:
        entry, code = signin.recover(
            typed(request, "login"), typed(request, "code", 60), typed(request, "totp", 8), passphrase
        )
    except WrongError:
        return wrong()
    rotate_token(request)
    return let_in(go("home", recovery=code), entry)


@require_GET
@signed_in
def account(request: SignedInRequest) -> HttpResponse:
    made = words.new_passphrase(words.STAFF_WORDS if request.me.is_counsellor else words.MEMBER_WORDS)
    return render(request, "accounts/account.html", {"made": made})


@require_POST
@signed_in
def colleague(request: SignedInRequest) -> HttpResponse:
    """Whoever leads the installation lets a colleague register: the same one-time code as the console prints."""
    if not request.me.person.leads_installation:
        raise Http404
    return go("account", code=signin.new_console_code())


@require_POST
@signed_in
def change_passphrase(request: SignedInRequest) -> HttpResponse:
    new = request.POST.get("new", "")[:256]
    if weak := words.weakness(new, [request.me.book.names.get("login", "")]):
        return mend({"new": weak})
    keep = request.COOKIES.get(settings.SESSION_ID_COOKIE, "")
    try:
        signin.change_passphrase(request.me.person, request.POST.get("old", "")[:256], new, keep)
    except WrongError:
        return mend({"old": _("Kata sandi ini belum cocok.")}, status=403)
    return go("account", done=_("Kata sandi diganti. Sesi lain sudah ditutup."))


@require_POST
@signed_in
def new_recovery(request: SignedInRequest) -> HttpResponse:
    """Step-up: the passphrase again."""
    try:
        code = signin.new_recovery(request.me.person, request.me.holder, request.POST.get("old", "")[:256])
    except WrongError:
        return mend({"old": _("Kata sandi ini belum cocok.")}, status=403)
    return go("account", recovery=code)
