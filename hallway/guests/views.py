"""Inviting a guest into a space, and saying how long they stay."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hallway.accounts.actions import Refused
from hallway.core.http import viewer_of
from hallway.guests import actions
from hallway.guests.forms import DayForm, GuestForm
from hallway.guests.models import Stay
from hallway.people.access import visible_to
from hallway.spaces.actions import NotAllowed
from hallway.spaces.views.loading import page_of, standing_or_404


@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask somebody from outside into the space."""
    standing = standing_or_404(request, slug, "invite")
    if not actions.may_invite(standing):
        raise Http404
    form = GuestForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            guest = actions.invite_guest(standing.space, by=viewer_of(request), **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused.words))
        except NotAllowed as error:
            raise Http404 from error
        else:
            messages.success(request, _("%(name)s is a guest here now.") % {"name": guest.name})
            return redirect("spaces:members", slug)
    status = 422 if request.method == "POST" else 200
    return page_of(request, "guests/invite.html", standing, form=form, status=status)


@require_POST
def prolong(request: HttpRequest, handle: str) -> HttpResponse:
    """Say how long a guest stays."""
    people = visible_to(viewer_of(request))
    stay = get_object_or_404(Stay, person__handle=handle, person__in=people)
    form = DayForm(request.POST)
    if not actions.may_prolong(viewer_of(request), stay):
        raise Http404
    if not form.is_valid():
        messages.error(request, _("This is no day. Choose one, such as the last of the month."))
        return redirect(stay.person.url)
    try:
        actions.prolong(stay, form.cleaned_data["until"], by=viewer_of(request))
    except Refused as refused:
        messages.error(request, str(refused.words))
    except actions.NotTheirHost as error:
        raise Http404 from error
    else:
        day = date_format(form.cleaned_data["until"], "DATE_FORMAT")
        named = {"name": stay.person.name, "day": day}
        messages.success(request, _("%(name)s can stay until %(day)s.") % named)
    return redirect(stay.person.url)
