"""The token of forms against forgery: Django's own, masked anew for each page at little cost."""

import os
from string import ascii_letters, digits

from django.http import HttpRequest
from django.middleware.csrf import CSRF_SECRET_LENGTH, get_token

_SIGNS = ascii_letters + digits
_PLACE = {sign: place for place, sign in enumerate(_SIGNS)}
_TWICE = _SIGNS * 2
# Each sign stands for four bytes, and the rest for none, so that all are equally likely.
_FAIR = len(_SIGNS) * 4
_OF_BYTE = (_SIGNS * 5)[:256].encode()
_LEFT_OUT = bytes(range(_FAIR, 256))


def token(request: HttpRequest) -> str:
    """The token for the forms of this answer, as `django.middleware.csrf.get_token` gives it.

    Django draws each of the 32 signs of the mask for itself, which took a twelfth of the time of
    a page. The mask keeps the secret from being guessed by the length of compressed answers.
    """
    secret = request.META.get("CSRF_COOKIE", "")
    if len(secret) != CSRF_SECRET_LENGTH:
        return get_token(request)
    request.META["CSRF_COOKIE_NEEDS_UPDATE"] = True
    return masked(secret)


def masked(secret: str) -> str:
    """The mask and the secret under it, in the form that Django's middleware takes off again."""
    mask = ""
    while len(mask) < len(secret):
        mask += os.urandom(48).translate(_OF_BYTE, _LEFT_OUT).decode()
    mask = mask[: len(secret)]
    return mask + "".join(
        [_TWICE[_PLACE[a] + _PLACE[b]] for a, b in zip(secret, mask, strict=True)]
    )
