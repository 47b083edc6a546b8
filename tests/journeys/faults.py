"""The pages that say that something went wrong, as the handlers for errors draw them."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpResponse
from django.template.loader import get_template
from django.test import RequestFactory
from playwright.sync_api import Route

from hallway.site import errors


def fault(handler: Callable[..., HttpResponse], *reason: Exception) -> Callable[[], HttpResponse]:
    """The answer of one of the handlers for errors."""
    return lambda: handler(RequestFactory().get("/"), *reason)


def answered(response: HttpResponse) -> Callable[[Route], None]:
    """Lets the browser have `response`."""

    def answer(route: Route) -> None:
        body, status = response.content, response.status_code
        route.fulfill(body=body, status=status, content_type="text/html")

    return answer


def drawn(template: str, **context: object) -> Callable[[], HttpResponse]:
    """A page that others draw for us when there are too many attempts."""
    return lambda: HttpResponse(
        get_template(template).render({"company": errors.company(), "theme": "auto", **context}),
        status=429,
    )


FAULTS: dict[str, Callable[[], HttpResponse]] = {
    "nothing": fault(errors.not_found, Exception()),
    "forbidden": fault(errors.forbidden, PermissionDenied()),
    "unreadable": fault(errors.bad_request, SuspiciousOperation()),
    "broken": fault(errors.broken),
    "too often": drawn("429.html"),
    "locked": drawn("accounts/locked.html", minutes=15),
}
