"""Browsers in which somebody has signed in before: strangers' guesses do not lock them out.

The cookie is signed and names the account by its hash; it opens nothing.
"""

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

from hallway.accounts.client import name_hash

COOKIE = "known"
SALT = "hallway.accounts.known_browser"
SECONDS = 180 * 24 * 3600


def remember(request: HttpRequest, response: HttpResponseBase, email: str) -> None:
    """Let the browser that gets `response` say later that `email` signed in there."""
    response.set_signed_cookie(
        COOKIE,
        name_hash(email),
        salt=SALT,
        max_age=SECONDS,
        path=reverse("account_login"),
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )


def knows(request: HttpRequest, name: str) -> bool:
    """Whether the account with the hash `name` has signed in from this browser."""
    told = request.get_signed_cookie(COOKIE, default="", salt=SALT, max_age=SECONDS)
    return bool(name) and told == name
