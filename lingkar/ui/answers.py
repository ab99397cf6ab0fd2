"""Forms send by fetch and get JSON: where to go next, or what to mend. Nothing typed is lost either way."""

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.urls import reverse


def go(route: str, *args: str, **data: Any) -> JsonResponse:
    """Done: `next` is the page to open."""
    return JsonResponse({"next": reverse(route, args=args), **data})


def mend(errors: dict[str, str], status: int = 422) -> JsonResponse:
    """Not yet: one sentence for each field; the key "" is for the form as a whole."""
    return JsonResponse({"errors": errors}, status=status)


def ask(rule: str, said: str) -> JsonResponse:
    """A guide's question before sending: the form shows it, and a box to send it as it is."""
    return JsonResponse({"nudge": rule, "errors": {"": said}}, status=422)


def typed(request: HttpRequest, name: str, longest: int = 200) -> str:
    """A form field without outer spaces and control characters, cut at `longest`."""
    kept = "".join(letter for letter in request.POST.get(name, "") if letter.isprintable() or letter == "\n")
    return kept.strip()[:longest]
