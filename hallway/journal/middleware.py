"""Notes at which position of the journal a page is read, before its first query."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from hallway.journal.reader import now

Next = Callable[[HttpRequest], HttpResponse]


class PagePosition:
    """Sets `request.position` and `.incarnation`; the live ticket of the page begins there.

    `request.beyond` is how many deeds the page may show besides (see `journal.reader.Now`).
    """

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # Also for what answers a form: its screen would take itself for old, and lose the words.
        if request.user.is_authenticated:
            # What was read together with the session was read before everything else.
            stands = getattr(request, "journal", None) or now()
            request.position = stands.position  # type: ignore[attr-defined]
            request.incarnation = stands.incarnation  # type: ignore[attr-defined]
            request.beyond = stands.beyond  # type: ignore[attr-defined]
        return self.get_response(request)
