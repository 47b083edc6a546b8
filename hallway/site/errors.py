"""Pages for what went wrong; they look the same whatever the reason, so they tell nothing."""

import sys

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template

from hallway.company.present import remembered
from hallway.core.fullness import says_full
from hallway.core.text import MAX_SOURCE
from hallway.core.writing import AccessEnded
from hallway.site.context import THEMES, Company, company, drawn


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What does not exist and what may not be seen: one answer, the same bytes for everything."""
    return _plain("404.html", request, 404)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A request that another site sent, or of somebody whose access ended while it arrived."""
    if isinstance(exception, AccessEnded):
        return redirect_to_login(request.get_full_path(), settings.LOGIN_URL)
    return _plain("403.html", request, 403)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's token is missing or old."""
    return _plain("403.html", request, 403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Something that no page of ours sends, or more than one may."""
    if isinstance(exception, RequestDataTooBig):
        return _plain("413.html", request, 413)
    return _plain("400.html", request, 400)


def broken(request: HttpRequest) -> HttpResponse:
    """An error of ours, or a disk that is full; drawn without any query."""
    if says_full(sys.exception()):
        return _plain("507.html", request, 507, drawn(remembered()), words=_words(request))
    return _plain("500.html", request, 500, drawn(remembered()))


def too_fast(request: HttpRequest, error: Exception) -> HttpResponse:
    """Somebody did more at once than anybody does by hand; `error` says when to go on."""
    return _plain("site/too_fast.html", request, 429, sentence=str(error))


def _words(request: HttpRequest) -> str:
    """What somebody wrote and sent, so that it is not lost with the page it was written on."""
    try:
        return request.POST.get("text", "")[:MAX_SOURCE]
    except Exception:  # noqa: BLE001 - the words may be the very thing that could not be read
        return ""


def _plain(
    template: str, request: HttpRequest, status: int, named: Company | None = None, **more: str
) -> HttpResponse:
    # Without the request: no nonce, no token, no menu, so that nothing differs between two of them.
    theme = request.COOKIES.get("theme", "")
    context = {
        "company": named or company(),
        "theme": theme if theme in THEMES else "auto",
        **more,
    }
    return HttpResponse(get_template(template).render(context), status=status)
