"""The server's two doors: Django with its static files, and the socket."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lingkar.settings")

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.asgi import get_asgi_application  # noqa: E402
from servestatic import ServeStaticASGI  # noqa: E402

from lingkar.room.live import socket  # noqa: E402

pages = ServeStaticASGI(get_asgi_application(), root=str(settings.STATIC_ROOT), prefix="static/")


async def application(scope, receive, send):  # type: ignore[no-untyped-def]  # ASGI has no types of its own
    """One socket for everything live; the rest are pages."""
    if scope["type"] == "websocket":
        await socket(scope, receive, send)
    else:
        await pages(scope, receive, send)
