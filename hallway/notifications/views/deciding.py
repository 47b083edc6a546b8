"""The page of what waits for one's decision."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hallway.core.http import viewer_of
from hallway.notifications.deciding import piles_for


@require_safe
def decide(request: HttpRequest) -> HttpResponse:
    """Requests, invitations and what else waits, each with its answers."""
    piles = piles_for(viewer_of(request))
    waiting = sum(len(pile.rows) for pile in piles)
    return render(request, "notifications/decide.html", {"piles": piles, "waiting": waiting})
