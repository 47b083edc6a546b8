"""Inviting several people at once, and those who were imported and have not come yet."""

from collections.abc import Mapping
from itertools import islice
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from hallway.accounts import actions
from hallway.accounts.finding import without_password
from hallway.accounts.views.guard import administrators_only
from hallway.console.forms import MOST_AT_ONCE, InvitationsForm
from hallway.core.http import viewer_of
from hallway.guests.actions import invite_until
from hallway.people.models import Person


@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
def invite(request: HttpRequest) -> HttpResponse:
    """Invite everybody in the form; lines at which nothing was sent stay in it, with the reason."""
    form = InvitationsForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, form)
    sent, left = _send_all(request, form)
    if sent:
        words = ngettext("%(count)d invitation sent.", "%(count)d invitations sent.", sent)
        messages.success(request, words % {"count": sent})
    if not left:
        return redirect("console:people")
    clean = form.cleaned_data
    kept = {name: clean[name] for name in ("kind", "language", "until")}
    rest = InvitationsForm({**kept, "people": "\n".join(line for line, _why in left)})
    rest.full_clean()
    for line, reason in left:
        rest.add_error("people", f"{line}: {reason}")
    return _page(request, rest)


@require_POST
@administrators_only
def invite_waiting(request: HttpRequest) -> HttpResponse:
    """Invite the next of those who have neither password nor invitation."""
    sent = sum(1 for _each in islice(actions.invite_all(by=viewer_of(request)), MOST_AT_ONCE))
    words = ngettext("%(count)d invitation sent.", "%(count)d invitations sent.", sent)
    messages.success(request, words % {"count": sent})
    return redirect("console:invite")


def _send_all(request: HttpRequest, form: InvitationsForm) -> tuple[int, list[tuple[str, str]]]:
    """Invite one after the other; how many were sent, and the lines that were not, with why."""
    clean, left, sent = form.cleaned_data, [], 0
    for address, name in clean["people"]:
        try:
            _invite(address, name, clean, by=viewer_of(request))
        except actions.Refused as refused:
            left.append((f"{name} <{address}>", str(refused.words)))
        else:
            sent += 1
    return sent, left


def _invite(address: str, name: str, clean: Mapping[str, Any], *, by: Person) -> None:
    language, until = clean["language"], clean["until"]
    if until:
        invite_until(address, name, until, by=by, language=language)
    else:
        actions.invite(address, name, by=by, kind=clean["kind"], language=language)


def _page(request: HttpRequest, form: InvitationsForm) -> HttpResponse:
    waiting = without_password().exclude(invitation__isnull=False).count()
    context: dict[str, Any] = {
        "form": form,
        "waiting": waiting,
        "next": min(waiting, MOST_AT_ONCE),
        "here_tab": "people",
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "console/invite.html", context, status=status)
