"""Somebody at the door, in memory only: which invitation they opened and how far they came."""

import secrets
import threading
import time
from dataclasses import dataclass, field

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from lingkar.groups.invitations import OpenDoor
from lingkar.vault import suite

IDLE_SECONDS = 45 * 60
MOST = 5_000
COOKIE = "lk_v"


@dataclass
class Visit:
    """`right` holds the situations answered right so far."""

    door: OpenDoor
    purpose: str
    right: dict[str, str] = field(default_factory=dict)
    read_limits: bool = False
    seen: float = field(default_factory=time.monotonic)


_visits: dict[bytes, Visit] = {}
_lock = threading.Lock()


def begin(response: HttpResponse, visit: Visit) -> HttpResponse:
    token = secrets.token_urlsafe(24)
    now = time.monotonic()
    with _lock:
        for key in [key for key, kept in _visits.items() if now - kept.seen > IDLE_SECONDS]:
            del _visits[key]
        while len(_visits) >= MOST:
            del _visits[next(iter(_visits))]
        _visits[suite.sha256(token.encode())] = visit
    response.set_cookie(_cookie(), token, secure=settings.OVER_TLS, httponly=True, samesite="Strict", path="/")
    return response


def current(request: HttpRequest) -> Visit | None:
    """The visit of this browser, if it is not too long ago."""
    visit = _visits.get(suite.sha256(request.COOKIES.get(_cookie(), "").encode()))
    if visit is None or time.monotonic() - visit.seen > IDLE_SECONDS:
        return None
    visit.seen = time.monotonic()
    return visit


def end(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    with _lock:
        _visits.pop(suite.sha256(request.COOKIES.get(_cookie(), "").encode()), None)
    response.delete_cookie(_cookie(), path="/", samesite="Strict")
    return response


def _cookie() -> str:
    return f"__Host-{COOKIE}" if settings.OVER_TLS else COOKIE
