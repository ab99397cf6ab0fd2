"""What every template may use."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from lingkar.accounts import sessions
from lingkar.accounts.models import Organisation


def every_page(request: HttpRequest) -> dict[str, Any]:
    me = getattr(request, "me", None)
    return {
        "me": me,
        "idle_seconds": sessions.idle_seconds(is_counsellor=me.is_counsellor) if me else 0,
        "organisation": Organisation.current(),
        "is_demo": settings.DEMO,
        "login_name": me.book.names.get("login", "") if me else "",
    }
