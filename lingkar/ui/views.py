"""Pages that belong to nobody in particular."""

import io
import tarfile
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from lingkar import __version__

BESIDE = ("script", "pyproject.toml", "requirements.lock", "requirements-test.lock", "LICENSE", "README.md")


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


@require_GET
def source(request: HttpRequest) -> HttpResponse:
    """The program that runs here, as its licence asks: its own files as an archive, no data."""
    response = HttpResponse(archive(), content_type="application/gzip")
    response["Content-Disposition"] = 'attachment; filename="lingkar.tar.gz"'
    return response


@lru_cache(maxsize=1)
def archive() -> bytes:
    """gzip'd tar of the package and of what builds it, where that lies beside it."""
    package = Path(__file__).parents[1]
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w:gz") as tar:
        for found in (package, *(package.parent / name for name in BESIDE)):
            if found.exists():
                tar.add(found, arcname=f"lingkar/{found.name}", filter=_plain)
    return made.getvalue()


def _plain(member: tarfile.TarInfo) -> tarfile.TarInfo | None:
    """Without compiled files, and without who owns them on this machine."""
    if "__pycache__" in member.name or member.name.endswith(".mo"):
        return None
    member.uid = member.gid = 0
    member.uname = member.gname = ""
    return member


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    text = _("Halaman ini sudah terlalu lama terbuka. Muat ulang, lalu coba lagi.")
    if request.headers.get("X-Lingkar") == "fetch":
        return JsonResponse({"errors": {"": text}}, status=403)
    return render(request, "error.html", {"text": text}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "error.html", {"text": _("Halaman ini tidak ada, atau bukan untukmu.")}, status=404)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "error.html", {"text": _("Permintaan ini tidak bisa dibaca.")}, status=400)
