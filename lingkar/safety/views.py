"""The crisis card: one tap from every page, signed in or not, and kept by the browser for when there is no line."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from lingkar.safety.models import CrisisContact


@require_GET
def crisis_card(request: HttpRequest) -> HttpResponse:
    contacts = list(CrisisContact.objects.all())
    response = render(request, "safety/crisis_card.html", {"contacts": contacts})
    response["Cache-Control"] = "no-cache"
    return response


@require_GET
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker: it keeps the crisis card and nothing else."""
    response = render(request, "safety/worker.js", content_type="text/javascript")
    response["Cache-Control"] = "no-cache"
    return response
