"""The page of settings on which one chooses how to be told."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hallway.core.http import viewer_of
from hallway.notifications.actions import attend, choose
from hallway.notifications.channels import offered
from hallway.notifications.models import Attention
from hallway.notifications.sheet import groups_for, levels_in, places_for, ways_in


@require_http_methods(["GET", "HEAD", "POST"])
def choices(request: HttpRequest) -> HttpResponse:
    """By which ways to hear of each kind of news; below it, how much of each space."""
    viewer = viewer_of(request)
    if request.method == "POST":
        choose(ways_in(request.POST, viewer), by=viewer)
        messages.success(request, _("Saved."))
        return redirect("notifications:choices")
    context = {
        "groups": groups_for(viewer),
        "places": places_for(viewer),
        "offered": offered(),
        "levels": Attention.Level,
    }
    return render(request, "notifications/choices.html", context)


@require_POST
def levels(request: HttpRequest) -> HttpResponse:
    """How much to hear of the spaces the form names (`space-ID`)."""
    viewer = viewer_of(request)
    try:
        attend(levels_in(request.POST, viewer), by=viewer)
    except ValueError as error:
        raise Http404 from error
    messages.success(request, _("Saved."))
    return redirect("notifications:choices")
