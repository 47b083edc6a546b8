"""Something happens between the moment a request is known to be somebody's and the deed itself."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings

from tests.doors.story import Story

HAPPENING = "tests.meanwhile"


class Meanwhile:
    """The innermost middleware: calls what the test put into the request, then the view."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.META[HAPPENING]()
        return self.get_response(request)


def post(
    story: Story, who: str, address: str, form: dict[str, object], happening: Callable[[], None]
) -> HttpResponse:
    """Send a form of `who`, with `happening` between signing in and the view."""
    layers = [*settings.MIDDLEWARE, f"{Meanwhile.__module__}.{Meanwhile.__name__}"]
    with override_settings(MIDDLEWARE=layers):
        browser = Client()
        browser.cookies.update(story.browser(who).cookies)
        return browser.post(address, form, **{HAPPENING: happening})
