"""Save an entry with one click."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from hallway.core.http import next_url, viewer_of
from hallway.entries import access, actions


@require_POST
def save(request: HttpRequest, pk: int) -> HttpResponse:
    """Save it or let go of it, as `state` says ("on" or "off"); without it, turn it round."""
    viewer = viewer_of(request)
    entry = get_object_or_404(access.visible_to(viewer), pk=pk)
    state = request.POST.get("state", "")
    on = state == "on" if state in ("on", "off") else not access.saved(viewer, entry)
    try:
        actions.save(entry, on, by=viewer)
    except actions.NotAllowed as error:
        raise Http404 from error
    if request.headers.get("Accept", "").startswith("text/vnd.turbo-stream.html"):
        return HttpResponse(status=204)
    return redirect(next_url(request, entry.url))
