"""Asking whether it is still the same person, before something about signing in is changed."""

import time
from collections.abc import Callable
from datetime import timedelta
from functools import update_wrapper
from typing import Concatenate, ParamSpec

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from hallway.accounts import passkeys
from hallway.accounts.factors import held_by
from hallway.accounts.forms import ConfirmForm
from hallway.core.http import next_url, viewer_of
from hallway.core.middleware import SAFE_METHODS

P = ParamSpec("P")

CONFIRMED = timedelta(minutes=10)
"""How long a sign-in or a confirmation holds for changes."""


def is_confirmed(request: HttpRequest) -> bool:
    """Whether the viewer has just shown that they are the person who signed in here."""
    records = get_authentication_records(request, viewer_of(request))
    return any(time.time() - one["at"] < CONFIRMED.total_seconds() for one in records)


def confirm_first(
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Send whoever signed in long ago to the page that asks for the password first.

    A page is shown after that; a deed is not done then, but asked for again where it is offered.
    """

    def guarded(request: HttpRequest, /, *given: P.args, **named: P.kwargs) -> HttpResponse:
        if is_confirmed(request):
            return view(request, *given, **named)
        safe = request.method in SAFE_METHODS
        path = request.path if safe else next_url(request, reverse("account_security"))
        return redirect(f"{reverse('account_confirm')}?{urlencode({'next': path})}")

    return update_wrapper(guarded, view)


@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest) -> HttpResponse:
    """Ask for the password, or a passkey, and go on to `next`."""
    form, wanted = ConfirmForm(request.POST or None), request.GET.get("next", "")
    if request.method == "POST" and form.is_valid():
        error = _error(request, form)
        if not error:
            return redirect(_within(request, wanted))
        form.add_error(None if form.cleaned_data["credential"] else "password", error)
    context = {"form": form, "has_passkeys": bool(held_by(viewer_of(request)).passkeys)}
    status = 422 if request.method == "POST" else 200
    return render(request, "accounts/confirm.html", context, status=status)


def _error(request: HttpRequest, form: ConfirmForm) -> str:
    viewer, credential = viewer_of(request), form.cleaned_data["credential"]
    if credential:
        try:
            factor = passkeys.check(viewer, credential)
        except ValidationError:
            return _("This passkey was not accepted.")
        factor.record_usage()
        record_authentication(request, viewer, "mfa", id=factor.pk, reauthenticated=True)
        return ""
    password = form.cleaned_data["password"]
    # Through the door's own backends, so that wrong ones are counted and lock it.
    if authenticate(request, email=viewer.email, password=password) != viewer:
        return _("This is not your present password.")
    record_authentication(request, viewer, "password", reauthenticated=True)
    return ""


def _within(request: HttpRequest, wanted: str) -> str:
    if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure()):
        return wanted
    return reverse("account_security")
