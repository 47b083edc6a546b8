"""Notes at which position of the journal a page is read, before its first query."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from hallway.journal.reader import now

Next = Callable[[HttpRequest], HttpResponse]


class PagePosition:
    """Sets `request.position` and `.incarnation`; the live ticket of the page begins there.

    `request.beyond` is how many deeds the page may show besides (see `journal.reader.now`).
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method == "GET" and request.user.is_authenticated:
            position, incarnation, beyond = now()
            request.position = position  # type: ignore[attr-defined]
            request.incarnation = incarnation  # type: ignore[attr-defined]
            request.beyond = beyond  # type: ignore[attr-defined]
        return self.get_response(request)
