"""Who reads this page: their language, their time zone, and that their session is in use."""

import re
from collections.abc import Callable
from functools import lru_cache
from zoneinfo import ZoneInfo

from django.contrib.auth.middleware import get_user
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.utils.translation.trans_real import parse_accept_lang_header

from hallway.accounts.arriving import arriving
from hallway.company.present import company, known_as
from hallway.people.models import Person

Next = Callable[[HttpRequest], HttpResponse]

_ZONE = re.compile(r"[A-Za-z0-9_+/-]{1,64}")


class Reader:
    """Activates language and time zone of whoever asks; needs nothing but the session's person.

    Signed-in people have chosen their language; for others the cookie `language` decides, then
    the browser. The time zone is the one they chose, or comes from the cookie `zone`, which the
    page's script sets to that of the device. Once a day it has the session's idle time start anew.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # The person themselves from here on, without the lazy wrapper around every question.
        with arriving() as door:
            request.user = person = get_user(request)
        request.journal = door.now  # type: ignore[attr-defined]
        with known_as(door.company):
            return self._answer(request, person)

    def _answer(self, request: HttpRequest, person: Person | AnonymousUser) -> HttpResponse:
        if person.is_authenticated:
            language = company().speaks(person.language)
            request.session.note_use()  # type: ignore[attr-defined]
        else:
            language = _language(request)
        translation.activate(language)
        request.LANGUAGE_CODE = language
        chosen = person.time_zone if person.is_authenticated else ""
        zone = _zone(chosen or request.COOKIES.get("zone", ""))
        if zone is None:
            timezone.deactivate()
        else:
            timezone.activate(zone)
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        if not person.is_authenticated:
            patch_vary_headers(response, ["Cookie", "Accept-Language"])
        return response


def _language(request: HttpRequest) -> str:
    """Of those offered, the one in the cookie or else the one the browser would like best."""
    settled = company()
    wished = parse_accept_lang_header(request.headers.get("Accept-Language", "").lower())
    tags = [request.COOKIES.get("language", ""), *(tag for tag, _weight in wished)]
    codes = (tag.partition("-")[0] for tag in tags)
    return next((code for code in codes if code in settled.languages), settled.language)


@lru_cache(maxsize=700)
def _zone(name: str) -> ZoneInfo | None:
    if not _ZONE.fullmatch(name):
        return None
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return None
