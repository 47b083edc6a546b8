"""The log as JSON, one object a line, with nothing in it of persons, words or addresses.

A line says when, how bad, what kind of event, and for a request which route, how it was answered,
in how many milliseconds and with how many bytes. What is not on this list cannot get into it: of
the values put into a message only numbers are kept, of an error its kind and the places in the
code it came through, never its words, and of a request never more than the name of its route.
"""

import json
import logging
import time
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse

from hallway.core.faceless import is_faceless

Next = Callable[[HttpRequest], HttpResponse]

OURS = "hallway."
"""Loggers below this name write sentences of our own, whose fixed words are known."""

ANSWERED = logging.getLogger("hallway.answered")


class Lines(logging.Formatter):
    """Makes one line of JSON of a record."""

    def format(self, record: logging.LogRecord) -> str:
        moment = datetime.fromtimestamp(record.created, UTC)
        line: dict[str, Any] = {
            "time": moment.isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "event": event_of(record),
        }
        request = getattr(record, "request", None)
        if isinstance(request, HttpRequest):
            line["route"] = route_of(request)
        line |= getattr(record, "answer", {})
        if record.exc_info and record.exc_info[0] is not None:
            line["error"] = record.exc_info[0].__name__
            line["through"] = [
                f"{frame.filename.rpartition('/hallway/')[2]}:{frame.lineno} {frame.name}"
                for frame in traceback.extract_tb(record.exc_info[2])
            ]
        return json.dumps(line)


class Once(logging.Filter):
    """Leaves out what Django says of a visitor's mistake: the request's own line has its status."""

    def filter(self, record: logging.LogRecord) -> bool:
        return not 400 <= getattr(record, "status_code", 0) < 500


def route_of(request: HttpRequest) -> str:
    """The name of the route that answers `request`; '' where there is none."""
    match = request.resolver_match
    return match.view_name if match else ""


def event_of(record: logging.LogRecord) -> str:
    """The logger, and of our own sentences their fixed words with the numbers in them."""
    name = "request" if record.name == ANSWERED.name else record.name
    if not record.name.startswith(OURS) or record.name == ANSWERED.name:
        return name
    try:
        return f"{name}: {str(record.msg) % _numbers(record.args)}"
    except (TypeError, ValueError):
        return name


def _numbers(values: Any) -> Any:
    if isinstance(values, dict):
        return {key: _number(value) for key, value in values.items()}
    return tuple(map(_number, values or ()))


def _number(value: object) -> object:
    return value if isinstance(value, (int, float)) else "…"


class Answered:
    """Writes a line for every answer, where the log is JSON; about faceless requests none."""

    def __init__(self, get_response: Next) -> None:
        if settings.CONFIG.log_format != "json":
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if is_faceless(request.path):
            return self.get_response(request)
        began = time.monotonic()
        response = self.get_response(request)
        ANSWERED.info("", extra={"answer": _answer(request, response, time.monotonic() - began)})
        return response


def _answer(request: HttpRequest, response: HttpResponse, seconds: float) -> dict[str, Any]:
    length = response.headers.get("Content-Length", "")
    size = int(length) if length.isdigit() else None
    if size is None and not response.streaming:
        size = len(response.content)
    return {
        "route": route_of(request),
        "status": response.status_code,
        "ms": round(seconds * 1000, 1),
        "bytes": size,
    }
