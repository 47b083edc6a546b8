"""Addresses of questions without a name: tokens for people, questions for tokens, the proof."""

import json
from binascii import Error, unhexlify
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse, RawPostDataException
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from hallway.core.http import viewer_of
from hallway.core.limits import TooFast, spend, told
from hallway.townhalls import anonymity
from hallway.townhalls.actions import BadQuestion, Closed, NotAllowed
from hallway.townhalls.actions.nameless import (
    Busy,
    Refused,
    TokensGiven,
    edit,
    issue,
    redeem,
    withdraw,
)
from hallway.townhalls.blind import TOKEN_BYTES
from hallway.townhalls.models import Question
from hallway.townhalls.picture import public_file
from hallway.townhalls.views.guarding import hall_or_404

LONGEST_BODY = 8 * 1024  # ten blinded tokens as hex digits; a question is shorter
LONGEST_NUMBER = 2**53
TOKEN_DIGITS, SECRET_DIGITS, MOST_DIGITS = 2 * TOKEN_BYTES, 64, 1024


class NotUnderstood(ValueError):
    """A part of the body is not what it should be."""


@require_http_methods(["GET", "HEAD", "POST"])
def tokens(request: HttpRequest, pk: int) -> HttpResponse:
    """GET: the key of hall `pk` and how many tokens one gets. POST: sign mine.

    Takes `{"blinded": ["hex", …]}` and answers `{"signatures": ["hex", …]}`, or `{"outcome": …}`:
    `given` (another browser has them), `busy` (try again later), `closed`, `refused`.
    """
    hall = hall_or_404(request, pk)
    if request.method != "POST":
        return JsonResponse(anonymity.for_browser(hall))
    viewer = viewer_of(request)
    try:
        spend(viewer.pk, "tokens")
        blinded = [_bytes(each) for each in _list(_body(request).get("blinded"))]
        signatures = issue(hall, blinded, by=viewer)
    except TooFast as error:
        return told(_outcome("busy", 429), error)
    except (ValueError, NotAllowed):
        return _outcome("refused", 403)
    except TokensGiven:
        return _outcome("given", 409)
    except Closed:
        return _outcome("closed", 409)
    except Busy:
        return _outcome("busy", 503)
    return JsonResponse({"signatures": [each.hex() for each in signatures]})


# Exempt since no cookie is taken (core.faceless): there is nobody whose rights another site could
# borrow, and the token or the secret in the body is all that counts.
@csrf_exempt
@login_not_required
def nameless(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, edit or withdraw a question without a name; by POST, answers everyone alike.

    Takes `{"do": "ask", "token", "signature", "secret", "text"}`, `{"do": "edit", "question",
    "secret", "text"}` or `{"do": "withdraw", "question", "secret"}`, bytes as hex digits. Answers
    `{"outcome": "done", "question", "state"}`, or with a good token or secret `closed`, `short`,
    `long`; all else gets the same `refused`.
    """
    try:
        question = _do(pk, request)
    except (Refused, ValueError) as error:
        if isinstance(error, BadQuestion):
            return _outcome(error.why, 422)
        return _outcome("refused", 403)
    except Closed:
        return _outcome("closed", 409)
    return JsonResponse({"outcome": "done", "question": question.pk, "state": question.state})


@require_safe
def public(request: HttpRequest, pk: int) -> HttpResponse:
    """All that is needed to check the questions without a name of hall `pk`."""
    hall = hall_or_404(request, pk)
    return HttpResponse(public_file(request, hall), content_type="application/json")


@require_safe
def explained(request: HttpRequest) -> HttpResponse:
    """How asking without a name works, how to check it, and what it cannot protect against."""
    return render(request, "townhalls/anonymity.html")


def _do(hall: int, request: HttpRequest) -> Question:
    if request.method != "POST":
        raise Refused
    body = _body(request)
    secret = _bytes(body.get("secret"), SECRET_DIGITS)
    match body.get("do"):
        case "ask":
            token = _bytes(body.get("token"), TOKEN_DIGITS)
            signature = _bytes(body.get("signature"))
            return redeem(hall, token, signature, secret, _text(body.get("text")))
        case "edit":
            return edit(hall, _number(body.get("question")), secret, _text(body.get("text")))
        case "withdraw":
            return withdraw(hall, _number(body.get("question")), secret)
    raise Refused


def _body(request: HttpRequest) -> dict[str, Any]:
    """The JSON object sent; raises ValueError for anything else, and for one that is too long."""
    announced = request.META.get("CONTENT_LENGTH") or "0"
    if not announced.isdigit() or int(announced) > LONGEST_BODY:
        raise ValueError("too long")
    try:
        body = json.loads(request.body)
    except RecursionError as error:
        raise ValueError("too deep") from error
    except RawPostDataException as error:  # it was read as a form, so it is none of ours
        raise NotUnderstood from error
    if not isinstance(body, dict):
        raise NotUnderstood
    return body


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise NotUnderstood
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise NotUnderstood
    return value


def _number(value: Any) -> int:
    if not isinstance(value, int) or not 0 < value < LONGEST_NUMBER:
        raise NotUnderstood
    return value


def _bytes(value: Any, digits: int | None = None) -> bytes:
    if not isinstance(value, str) or len(value) > MOST_DIGITS:
        raise NotUnderstood
    if digits is not None and len(value) != digits:
        raise NotUnderstood
    try:
        return unhexlify(value)
    except Error as error:
        raise NotUnderstood from error


def _outcome(word: str, status: int) -> JsonResponse:
    return JsonResponse({"outcome": word}, status=status)
