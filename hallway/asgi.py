"""The application of `hallway web`: the same pages, and the same care for slow callers."""

from typing import Any

from hallway.wsgi import application as django_application  # isort: skip - it names the settings

from hallway.hub import metrics
from hallway.hub.pages import Pages
from hallway.settings import CONFIG

_pages = Pages(django_application, CONFIG.threads)


async def application(scope: Any, receive: Any, send: Any) -> None:
    """Answer a request (ASGI): a page, or the figures of this process."""
    if metrics.asked_for(scope):
        await metrics.answer(send)
    else:
        await _pages(scope, receive, send)
