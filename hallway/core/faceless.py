"""Requests that must not say who sent them: what could tell is taken off before anybody looks."""

import logging
import re
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

Next = Callable[[HttpRequest], HttpResponse]

_ADDRESSES = re.compile(settings.FACELESS_ADDRESSES)

# All else goes: cookies, network addresses, the browser's name and language, where one was before.
KEPT = {
    "CONTENT_LENGTH",
    "CONTENT_TYPE",
    "HTTP_HOST",
    "HTTP_ORIGIN",
    "HTTP_SEC_FETCH_SITE",
    "HTTP_X_FORWARDED_PROTO",
    "PATH_INFO",
    "REQUEST_METHOD",
    "SCRIPT_NAME",
    "SERVER_NAME",
    "SERVER_PORT",
    "SERVER_PROTOCOL",
}


class Faceless:
    """Stands before all that reads a request; sessions, limits and logs find nobody behind it.

    No answer to such a request sets a cookie, whatever was decided inside.
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not is_faceless(request.path):
            return self.get_response(request)
        for name in [name for name in request.META if tells(name)]:
            del request.META[name]
        # Both are read from META once, when they are first asked for.
        for name in ("headers", "COOKIES"):
            request.__dict__.pop(name, None)
        response = self.get_response(request)
        response.cookies.clear()
        return response


def is_faceless(path: str) -> bool:
    """Whether requests to this path are about nobody."""
    return _ADDRESSES.fullmatch(path) is not None


def tells(name: str) -> bool:
    """Whether the part `name` of a request (as in WSGI) could tell who sent it."""
    return name not in KEPT and not name.startswith("wsgi.")


class Quiet(logging.Filter):
    """Keeps refusals of such requests out of the log: when one came is nobody's business.

    Errors of our own stay in it; they name the address and no person.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        request = getattr(record, "request", None)
        status = getattr(record, "status_code", 500)
        return not (isinstance(request, HttpRequest) and is_faceless(request.path) and status < 500)
