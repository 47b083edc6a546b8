"""How large a request may be, by where it goes and who sends it; asked before anything is read."""

import re
from collections.abc import Callable
from importlib import import_module

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, parse_cookie

Next = Callable[[HttpRequest], HttpResponse]

SMALL = 2 * 1024 * 1024
LARGE = 130 * 1024 * 1024  # eight pictures of 15 MB, and the words beside them

_UPLOADS = re.compile(settings.UPLOAD_ADDRESSES)


class Sizes:
    """Refuses a request that is too large by its announced length; stands before all who read."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        announced = request.META.get("CONTENT_LENGTH")
        if announced and is_too_large(announced, request):
            raise RequestDataTooBig("The request is larger than it may be there.")
        return self.get_response(request)


def is_too_large(announced: str, request: HttpRequest) -> bool:
    """Whether a request of so many bytes may not be sent there by whoever sends it.

    A length that is no number of ours is too large.
    """
    if not announced.isascii() or not announced.isdigit() or len(announced) > 12:
        return True
    size = int(announced)
    if size <= SMALL:
        return False
    key = request.COOKIES.get(settings.SESSION_COOKIE_NAME, "")
    return size > LARGE or not may_upload(request.path, key)


def may_upload(path: str, session: str) -> bool:
    """Whether `path` takes uploads and `session` is the key of somebody who has signed in.

    Asks the database, for a made-up key must not fill the disk; so it is asked for large requests
    only.
    """
    if not session or not _UPLOADS.fullmatch(path):
        return False
    store = import_module(settings.SESSION_ENGINE).SessionStore
    return SESSION_KEY in store(session)


def session_in(cookies: str) -> str:
    """The session's key in a Cookie header, or ""."""
    return parse_cookie(cookies).get(settings.SESSION_COOKIE_NAME, "")
