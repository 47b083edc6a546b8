"""Pages travel compressed, where nobody else can have asked for them to measure how they shrink.

A compressed page that holds a secret and words of somebody who listens tells by its length how
much they resemble each other (Y. Gluck, N. Harris and A. Prado, “BREACH”, 2013). It takes
thousands of such pages: they are made by another site in the browser of its victim. What another
site asked for is therefore never compressed; see docs/decisions/0034.
"""

import re
import secrets
from collections.abc import Callable
from gzip import GzipFile
from io import BytesIO

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

Next = Callable[[HttpRequest], HttpResponse]

SMALL = 1024  # bytes; a smaller page is one packet as it is
LEVEL = 3  # the last one that is quick: more takes twice as long for a twentieth less
MOST_PADDING = 100  # bytes

NEVER = "/accounts/"
"""Below it stand keys of links, codes and the secrets of second steps."""

_TAKES_GZIP = re.compile(r"(?:^|[\s,])gzip(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))\s*(?:[;,]|$)")


class Packing:
    """Compresses HTML with gzip, for who takes it; stands before all that make or sign pages."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if _is_page(response) and not request.path.startswith(NEVER):
            patch_vary_headers(response, ("Accept-Encoding", "Sec-Fetch-Site"))
            if _TAKES_GZIP.search(request.META.get("HTTP_ACCEPT_ENCODING", "")) and is_own(request):
                response.content = packed(response.content)
                response.headers["Content-Encoding"] = "gzip"
                response.headers["Content-Length"] = str(len(response.content))
        return response


def is_own(request: HttpRequest) -> bool:
    """Whether the reader or one of our own pages asked, as the browser says (Fetch Metadata).

    Without TLS browsers say nothing, and whoever listens reads everything anyway.
    """
    asked_by = request.META.get("HTTP_SEC_FETCH_SITE")
    if asked_by is None:
        return not settings.CONFIG.is_secure
    return asked_by in ("same-origin", "none")


def packed(page: bytes) -> bytes:
    """The page as gzip, with a name of random length in front.

    The name blurs the length of each answer, as Django's own middleware does (D. A. Zhu and
    others, “Heal the Breach”, 2022); that one compresses at a level that takes three times as long.
    """
    made = BytesIO()
    name = "a" * secrets.randbelow(MOST_PADDING)
    with GzipFile(filename=name, mode="wb", compresslevel=LEVEL, fileobj=made, mtime=0) as file:
        file.write(page)
    return made.getvalue()


def _is_page(response: HttpResponse) -> bool:
    return (
        not response.streaming
        and not response.has_header("Content-Encoding")
        and response.headers.get("Content-Type", "").startswith("text/html")
        and len(response.content) > SMALL
    )
