"""A counsellor's first account: console code, organisation, local crisis contact, keys and second factor."""

import secrets
import time
from base64 import b32encode

import segno
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from lingkar.accounts import signin, words
from lingkar.accounts.middleware import Request, let_in
from lingkar.accounts.models import Organisation, Role
from lingkar.accounts.signin import WrongError
from lingkar.safety.contacts import first_contact
from lingkar.ui.answers import go, mend, typed
from lingkar.vault import suite
from lingkar.vault.secret import Secret

GET_OR_POST = ["GET", "HEAD", "POST"]


@require_http_methods(GET_OR_POST)
def first_account(request: Request) -> HttpResponse:
    """A counsellor registers with a one-time code from the console; the first also names organisation and contact."""
    is_first = Organisation.current() is None
    if request.method != "POST":
        return render(request, "door/first_account.html", {"is_first": is_first, **_fresh_keys()})
    errors = _first_account_errors(request, is_first=is_first)
    if errors:
        return mend(errors)
    with transaction.atomic():
        try:
            signin.use_console_code(typed(request, "code"))
        except WrongError:
            return mend({"code": _("Kode ini salah atau sudah dipakai.")})
        if is_first:
            Organisation.objects.create(
                name=typed(request, "organisation", 120),
                language=request.POST.get("language", "id")[:2],
                installed=timezone.localdate(),
            )
            first_contact(typed(request, "contact", 120), typed(request, "phone", 40))
        person, holder, recovery = signin.register(
            typed(request, "login"), request.POST["passphrase"], Role.COUNSELLOR, _totp_secret(request)
        )
    rotate_token(request)
    return let_in(go("home", recovery=recovery), signin.enter(person, holder))


def _fresh_keys() -> dict[str, str]:
    """Made login name, passphrase and second factor, with its QR."""
    login, secret = signin.free_login(), secrets.token_bytes(signin.TOTP_BYTES)
    text = b32encode(secret).decode()
    url = f"otpauth://totp/Lingkar:{login}?secret={text}&issuer=Lingkar"
    qr = segno.make(url, error="m").svg_inline(scale=4, border=2, omitsize=True)
    return {
        "login": login,
        "passphrase": words.new_passphrase(words.STAFF_WORDS),
        "totp_secret": secret.hex(),
        "totp_text": " ".join(text[start : start + 4] for start in range(0, len(text), 4)),
        "totp_qr": mark_safe(qr),  # noqa: S308 - drawn by segno from our own text
    }


def _totp_secret(request: HttpRequest) -> Secret | None:
    try:
        secret = bytes.fromhex(request.POST.get("totp_secret", ""))
    except ValueError:
        return None
    return Secret(secret) if len(secret) == signin.TOTP_BYTES else None


def _first_account_errors(request: HttpRequest, *, is_first: bool) -> dict[str, str]:
    errors = {}
    if not signin.console_code_is_good(typed(request, "code")):
        errors["code"] = _("Kode ini salah atau sudah dipakai.")
    needed = ["login", *(["organisation", "contact", "phone"] if is_first else [])]
    for name in needed:
        if not typed(request, name):
            errors[name] = _("Bagian ini belum diisi.")
    if signin.login_is_taken(typed(request, "login")):
        errors["login"] = _("Nama masuk ini sudah dipakai.")
    if weak := words.weakness(request.POST.get("passphrase", ""), [typed(request, "login")]):
        errors["passphrase"] = weak
    secret = _totp_secret(request)
    if secret is None or suite.totp_step(secret, typed(request, "totp", 8).replace(" ", ""), time.time()) is None:
        errors["totp"] = _("Enam angka ini belum cocok. Pastikan jam HP-mu tepat.")
    return errors
