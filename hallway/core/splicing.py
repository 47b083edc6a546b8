"""Puts what is drawn already into the bytes of an answer, past the template that frames it.

A template joins and copies all its text once for each block and include around it, and again to
encode it. Twenty drawn cards cost more in those copies than in anything else; spliced in, their
bytes are copied once.
"""

import secrets
from collections.abc import Callable, Sequence

from django.http import HttpRequest, HttpResponse
from django.utils.safestring import mark_safe

Next = Callable[[HttpRequest], HttpResponse]


def splice(request: HttpRequest, parts: Sequence[bytes]) -> str:
    """Return a mark for the template, in whose place the answer will have `parts` (UTF-8 HTML).

    Without parts it is the empty text. The mark is random: no text that anybody wrote before
    can stand for it.
    """
    if not parts:
        return ""
    mark = f"<!--{secrets.token_hex(12)}-->"
    request.__dict__.setdefault("spliced", {})[mark.encode()] = parts
    return mark_safe(mark)


class Splicing:
    """Replaces the marks of `splice` in an answer by what they stand for."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for mark, parts in request.__dict__.get("spliced", {}).items():
            before, found, after = response.content.partition(mark)
            if found:
                response.content = b"".join((before, *parts, after))
        return response
