"""Which pages and deeds are counted against a person's limits, by the names of their addresses.

Here stand those that carry no words. Views that would lose words ask `core.limits` themselves
and answer with their form.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse

from hallway.core.limits import TooFast, spend, told
from hallway.people.models import Person
from hallway.site.errors import too_fast

Next = Callable[[HttpRequest], HttpResponse]

DEEDS: Mapping[str, str] = {
    "entries:react": "react",
    "people:follow": "follow",
    "people:unfollow": "follow",
    "spaces:send": "invite",
    "spaces:join": "join",
    "spaces:leave": "join",
    "spaces:withdraw": "join",
    "owndata:ask": "download",
}
"""What is counted when it is sent."""

SEARCHES = {
    "site:search",
    "people:complete",
    "people:directory",
    "spaces:complete",
    "spaces:complete-by-number",
    "spaces:find",
    "spaces:invite",
    "spaces:managers",
    "spaces:members",
}
"""What is counted when it is read with words to look for."""

LONG = {"townhalls:anonymity-data", "townhalls:merge", "townhalls:screen", "townhalls:speaker"}
"""What is counted like a search whenever it is read: much is gone through for it."""


class Pacing:
    """Counts what the signed-in person does, and answers 429 to who is too fast."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: object, _args: Any, _words: Any
    ) -> HttpResponse | None:
        """Count before the view begins."""
        name = request.resolver_match.view_name if request.resolver_match else ""
        deed = kind_of(request, name)
        if deed and isinstance(request.user, Person):
            try:
                spend(request.user.pk, deed)
            except TooFast as error:
                return told(too_fast(request, error), error)
        return None


def kind_of(request: HttpRequest, name: str) -> str:
    """The limit that the request to the address called `name` counts against, or ''."""
    if request.method == "POST":
        return DEEDS.get(name, "")
    return "search" if name in LONG or (name in SEARCHES and request.GET.get("q")) else ""
