"""Inviting people, for administrators."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hallway.accounts.actions import Refused, invite, withdraw
from hallway.accounts.actions import resend as send_again
from hallway.accounts.forms import InvitationForm
from hallway.accounts.models import Invitation
from hallway.accounts.views.guard import administrators_only
from hallway.core.http import viewer_of

PAGE = 30


@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
def invitations(request: HttpRequest) -> HttpResponse:
    """Invite somebody, and see who was invited and has not come yet."""
    form = InvitationForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _page(request, form)
    try:
        invitation = invite(by=viewer_of(request), **form.cleaned_data)
    except Refused as refused:
        form.add_error("email", str(refused.words))
        return _page(request, form)
    else:
        _tell_posted(request, invitation)
    return redirect("account_invitations")


@require_POST
@administrators_only
def resend(request: HttpRequest, number: int) -> HttpResponse:
    """Send an invitation again, with a new link."""
    invitation = get_object_or_404(Invitation.objects.select_related("person"), pk=number)
    try:
        send_again(invitation, by=viewer_of(request))
    except Refused as refused:
        messages.error(request, str(refused.words))
    else:
        _tell_posted(request, invitation)
    return redirect("account_invitations")


@require_POST
@administrators_only
def take_back(request: HttpRequest, number: int) -> HttpResponse:
    """Withdraw an invitation."""
    withdraw(get_object_or_404(Invitation, pk=number), by=viewer_of(request))
    messages.success(request, _("The invitation is withdrawn."))
    return redirect("account_invitations")


def _page(request: HttpRequest, form: InvitationForm) -> HttpResponse:
    rows = Invitation.objects.select_related("person", "by").order_by("-pk")
    before = request.GET.get("before", "")
    if before.isascii() and before.isdigit() and len(before) < 19:
        rows = rows.filter(pk__lt=int(before))
    found = list(rows[: PAGE + 1])
    older = f"?before={found[PAGE - 1].pk}" if len(found) > PAGE else ""
    context: dict[str, Any] = {"form": form, "invitations": found[:PAGE], "older_url": older}
    status = 422 if request.method == "POST" else 200
    return render(request, "accounts/invitations.html", context, status=status)


def _tell_posted(request: HttpRequest, invitation: Invitation) -> None:
    messages.success(request, _("The invitation to %s is on its way.") % invitation.address)
