"""Deactivating and reactivating people, for administrators."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hallway.accounts import actions
from hallway.accounts.views.confirming import confirm_first
from hallway.accounts.views.guard import administrators_only
from hallway.core.http import next_url, viewer_of
from hallway.people.models import Person


@require_POST
@administrators_only
def deactivate(request: HttpRequest, handle: str) -> HttpResponse:
    """Take somebody's access away."""
    return _do(request, handle, actions.deactivate, _("Deactivated. They are signed out."))


@require_POST
@administrators_only
def reactivate(request: HttpRequest, handle: str) -> HttpResponse:
    """Give somebody their access back."""
    return _do(request, handle, actions.reactivate, _("Reactivated. They can sign in again."))


@require_POST
@administrators_only
@confirm_first
def reset_factors(request: HttpRequest, handle: str) -> HttpResponse:
    """Take the second step from somebody who lost what it needs."""
    words = _("They sign in with their password alone now, and were told so.")
    return _do(request, handle, actions.reset_factors, words)


def _do(request: HttpRequest, handle: str, deed: Callable[..., None], words: str) -> HttpResponse:
    person = get_object_or_404(Person, handle=handle)
    try:
        deed(person, by=viewer_of(request))
    except actions.Refused as refused:
        messages.error(request, str(refused.words))
    else:
        messages.success(request, words)
    return redirect(next_url(request, person.url))
