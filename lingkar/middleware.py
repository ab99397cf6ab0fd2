"""What every response carries, which language it speaks, and errors that say nothing about their contents."""

import logging
import secrets
from collections.abc import Callable

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _

from lingkar.accounts.models import Organisation
from lingkar.accounts.throttle import BusyError, TooSoonError
from lingkar.circle.agreement import AskedError
from lingkar.vault.errors import VaultError

LOG = logging.getLogger("lingkar.errors")
POLICY = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=(), browsing-topics=()"

type Next = Callable[[HttpRequest], HttpResponse]


class Headers:
    """Security model, section 8.7."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.setdefault("Cache-Control", "no-store")
        response["X-Frame-Options"] = "DENY"
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        response["Permissions-Policy"] = POLICY
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response


class Language:
    """The choice made with the switch, else the organisation's language; never the browser's."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get("lk_language", "")
        if chosen not in ("id", "en"):
            organisation = Organisation.current()
            chosen = organisation.language if organisation else "id"
        with translation.override(chosen):
            request.LANGUAGE_CODE = chosen
            response = self.get_response(request)
        response["Content-Language"] = chosen
        return response


class CalmErrors:
    """An exception becomes a constant sentence with a random reference; its contents reach no log and no page."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, Http404):
            return None
        if isinstance(error, AskedError):
            if request.method == "GET":
                return redirect("agreement", error.group)
            return _answer(
                request, 409, _("Kesepakatan berubah. Baca dan tanda tangani dulu; tulisanmu masih di sini.")
            )
        if isinstance(error, RequestDataTooBig):
            return _answer(request, 413, _("Terlalu panjang. Bagi menjadi beberapa bagian; tulisanmu masih di sini."))
        if isinstance(error, TooSoonError):
            text = _("Terlalu banyak percobaan. Coba lagi %(seconds)s detik lagi.") % {"seconds": error.seconds}
            return _answer(request, 429, text, error.seconds)
        if isinstance(error, BusyError):
            return _answer(request, 503, _("Server sedang ramai. Coba lagi beberapa detik lagi."), 5)
        reference = secrets.token_hex(4)
        route = request.resolver_match.view_name if request.resolver_match else "-"
        LOG.error("failed route=%s kind=%s reference=%s", route, type(error).__name__, reference)
        if isinstance(error, VaultError):
            return _answer(request, 409, _("Bagian ini tidak bisa dibuka. Kode: %(code)s") % {"code": reference})
        return _answer(request, 500, _("Ada yang salah di sisi kami. Kode: %(code)s") % {"code": reference})


def _answer(request: HttpRequest, status: int, text: str, retry: int = 0) -> HttpResponse:
    if request.headers.get("X-Lingkar") == "fetch":
        response: HttpResponse = JsonResponse({"errors": {"": text}}, status=status)
    else:
        response = render(request, "error.html", {"text": text}, status=status)
    if retry:
        response["Retry-After"] = str(retry)
    return response
