"""Pages for administrators only; for everybody else they are not there."""

from collections.abc import Callable
from functools import update_wrapper
from typing import Concatenate, ParamSpec

from django.http import Http404, HttpRequest, HttpResponse

from hallway.core.http import viewer_of

P = ParamSpec("P")


def administrators_only(
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Answer like an unknown address unless an administrator asks."""

    def guarded(request: HttpRequest, /, *given: P.args, **named: P.kwargs) -> HttpResponse:
        if not viewer_of(request).is_administrator:
            raise Http404
        return view(request, *given, **named)

    return update_wrapper(guarded, view)
