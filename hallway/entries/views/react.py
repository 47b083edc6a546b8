"""React to an entry with one click."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from hallway.core.http import next_url, viewer_of
from hallway.entries import access, actions
from hallway.entries.access import reaction_of
from hallway.entries.models import Reaction


@require_POST
def react(request: HttpRequest, pk: int) -> HttpResponse:
    """Set the reaction `kind`; the one already held takes it back unless `state` says "on"."""
    viewer = viewer_of(request)
    entry = get_object_or_404(access.visible_to(viewer), pk=pk)
    kind: str | None = request.POST.get("kind", "")
    if kind not in Reaction.Kind.values:
        raise Http404
    state = request.POST.get("state", "")
    if state == "off" or (not state and reaction_of(viewer, entry) == kind):
        kind = None
    try:
        actions.react(entry, kind, by=viewer)
    except actions.NotAllowed as error:
        raise Http404 from error
    if request.headers.get("Accept", "").startswith("text/vnd.turbo-stream.html"):
        return HttpResponse(status=204)
    return redirect(next_url(request, entry.url))
