"""Pages for what went wrong; they look the same whatever the reason, so they tell nothing."""

from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template

from hallway.site.context import THEMES, company


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What does not exist and what may not be seen: one answer, the same bytes for everything."""
    return _plain("404.html", request, 404)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A request that another site sent, or without its token."""
    return _plain("403.html", request, 403)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's token is missing or old."""
    return _plain("403.html", request, 403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Something that no page of ours sends."""
    return _plain("400.html", request, 400)


def broken(request: HttpRequest) -> HttpResponse:
    """An error of ours; drawn without any query."""
    return _plain("500.html", request, 500)


def _plain(template: str, request: HttpRequest, status: int) -> HttpResponse:
    # Without the request: no nonce, no token, no menu, so that nothing differs between two of them.
    theme = request.COOKIES.get("theme", "")
    context = {"company": company(), "theme": theme if theme in THEMES else "auto"}
    return HttpResponse(get_template(template).render(context), status=status)
