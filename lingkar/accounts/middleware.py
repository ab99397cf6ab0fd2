"""Puts `request.me` on every request: the signed-in person with keys unlocked, or None."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, update_wrapper
from typing import Any, Concatenate, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from lingkar.accounts import sessions
from lingkar.accounts.models import Person
from lingkar.accounts.signin import Entry
from lingkar.vault import keybook
from lingkar.vault.holder import KeyHolder

DEVICE_SECONDS = 180 * 24 * 3600


@dataclass(frozen=True)
class Me:
    """The signed-in person for the length of one request."""

    person: Person
    holder: KeyHolder

    @cached_property
    def book(self) -> keybook.Keybook:
        return keybook.read(self.person.identity, self.holder)

    @property
    def uid(self) -> str:
        return self.holder.uid

    @property
    def is_counsellor(self) -> bool:
        return self.person.is_counsellor


class Request(HttpRequest):
    """A request after `SignedIn`."""

    me: Me | None


class SignedInRequest(HttpRequest):
    """A request that `signed_in` let through."""

    me: Me


class SignedIn:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        request.me = who(request.COOKIES)
        return self.get_response(request)


def who(cookies: dict[str, str], *, touch: bool = True) -> Me | None:
    """The person behind the two session cookies."""
    token = cookies.get(settings.SESSION_ID_COOKIE, "")
    holder = sessions.unlock(token, cookies.get(settings.SESSION_KEY_COOKIE, ""), touch=touch)
    if holder is None:
        return None
    person = Person.objects.select_related("identity").filter(pk=holder.uid).first()
    return Me(person, holder) if person else None


def signed_in[**P](
    view: Callable[Concatenate[SignedInRequest, P], HttpResponse],
) -> Callable[Concatenate[Request, P], HttpResponse]:
    """Only for somebody signed in: others get the door (a page) or 401 (a fetch)."""

    def guarded(request: Request, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.me is None:
            return turned_away(request)
        return view(cast(SignedInRequest, request), *args, **kwargs)

    update_wrapper(guarded, view)
    return guarded


def turned_away(request: HttpRequest) -> HttpResponse:
    if request.headers.get("X-Lingkar") == "fetch":
        return JsonResponse(
            {"errors": {"": _("Sesimu sudah berakhir. Masuk lagi, tulisanmu tidak hilang.")}}, status=401
        )
    return HttpResponseRedirect(reverse("sign_in"))


def let_in(response: HttpResponse, entry: Entry, device: str = "") -> HttpResponse:
    """Set the session cookies: HttpOnly, SameSite=Strict, gone when the browser closes."""
    flags: dict[str, Any] = {"secure": settings.OVER_TLS, "httponly": True, "samesite": "Strict", "path": "/"}
    response.set_cookie(settings.SESSION_ID_COOKIE, entry.token, **flags)
    response.set_cookie(settings.SESSION_KEY_COOKIE, entry.cookie_key, **flags)
    if device:
        response.set_cookie(settings.DEVICE_COOKIE, device, max_age=DEVICE_SECONDS, **flags)
    return response


def let_out(response: HttpResponse) -> HttpResponse:
    """Forget the session in the browser. Not its storage: the offline crisis card lives there."""
    for name in (settings.SESSION_ID_COOKIE, settings.SESSION_KEY_COOKIE):
        response.delete_cookie(name, path="/", samesite="Strict")
    response["Clear-Site-Data"] = '"cache"'
    return response
