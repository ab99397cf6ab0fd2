"""Pages that belong to nobody in particular."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from lingkar import __version__


@require_GET
def healthz(request: HttpRequest) -> HttpResponse:
    return JsonResponse({"status": "ok", "version": __version__})


@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Switch the language and come back to a page of ours."""
    back = request.POST.get("next", "/")
    if not back.startswith("/") or back.startswith("//") or "\\" in back:
        back = "/"
    response = HttpResponseRedirect(back)
    chosen = request.POST.get("language", "id")
    if chosen in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            chosen,
            max_age=365 * 24 * 3600,
            samesite="Strict",
            httponly=True,
            secure=settings.OVER_TLS,
        )
    return response


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    text = _("Halaman ini sudah terlalu lama terbuka. Muat ulang, lalu coba lagi.")
    if request.headers.get("X-Lingkar") == "fetch":
        return JsonResponse({"errors": {"": text}}, status=403)
    return render(request, "error.html", {"text": text}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "error.html", {"text": _("Halaman ini tidak ada, atau bukan untukmu.")}, status=404)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "error.html", {"text": _("Permintaan ini tidak bisa dibaca.")}, status=400)
