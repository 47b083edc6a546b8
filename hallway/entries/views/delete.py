"""Delete an entry, and take that back."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hallway.core.http import next_url, viewer_of
from hallway.entries import access, actions


@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the entry out of sight and offer to undo it."""
    viewer = viewer_of(request)
    entry = get_object_or_404(access.visible_to(viewer).select_related("space__owner"), pk=pk)
    if not access.may(viewer, "delete", entry):
        raise Http404
    try:
        actions.delete(entry, by=viewer)
    except actions.NotAllowed as error:
        raise Http404 from error
    messages.success(request, _("Deleted."), extra_tags=f"undo:/e/{entry.pk}/restore")
    if entry.root_id:
        return redirect(f"/e/{entry.root_id}#comments")
    back = next_url(request, entry.space.url)
    return redirect(entry.space.url if f"/e/{entry.pk}" in back else back)


@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Bring back what the viewer deleted and may still delete."""
    viewer = viewer_of(request)
    entry = get_object_or_404(access.deleted_by(viewer), pk=pk)
    try:
        actions.restore(entry, by=viewer)
    except actions.NotAllowed as error:
        raise Http404 from error
    place = f"/e/{entry.thread_id}#entry-{entry.pk}"
    # A comment stands in its thread only; a post also where one was when it went.
    return redirect(place if entry.root_id else next_url(request, place))
