"""The first steps of somebody new, on their home page until they are taken or waved away."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from hallway.core.http import viewer_of
from hallway.stream.menu import menu_of

COOKIE = "welcome"
DISMISSED = "dismissed"
YEARS = 5 * 365 * 24 * 3600


@dataclass(frozen=True)
class Welcome:
    """Which of the three steps are taken."""

    introduced: bool
    belongs: bool
    follows: bool


def welcome(request: HttpRequest, followed: Sequence[int]) -> Welcome | None:
    """The steps of a viewer who belongs to nothing but the company yet, or follows nobody.

    Asks the database nothing: the page has read the menu, and `followed` is whom they follow.
    None for guests, who find nothing by themselves, and for whom has seen enough of it.
    """
    viewer = viewer_of(request)
    if viewer.is_guest or request.COOKIES.get(COOKIE) == DISMISSED:
        return None
    steps = Welcome(
        introduced=bool(viewer.photo and viewer.about),
        # The company is the first line of every employee's menu.
        belongs=len(menu_of(request)) > 1,
        follows=bool(followed),
    )
    return None if steps.belongs and steps.follows else steps


def dismiss(request: HttpRequest, response: HttpResponse) -> None:
    """Show the steps no more in this browser."""
    response.set_cookie(
        COOKIE, DISMISSED, max_age=YEARS, secure=request.is_secure(), httponly=True, samesite="Lax"
    )
