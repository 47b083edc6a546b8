"""Pin an entry above the stream of its space."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from hallway.core.http import next_url, viewer_of
from hallway.entries import access, actions
from hallway.entries.views.menu import menu_of


@require_POST
def pin(request: HttpRequest, pk: int) -> HttpResponse:
    """Pin it, or with `state` "off" unpin it; where three are pinned already, the menu says so."""
    viewer = viewer_of(request)
    entry = get_object_or_404(
        access.visible_to(viewer).select_related("space__owner", "author"), pk=pk
    )
    try:
        actions.pin(entry, request.POST.get("state") != "off", by=viewer)
    except actions.NotAllowed as error:
        raise Http404 from error
    except actions.TooManyPinned as error:
        return menu_of(request, entry, errors=[str(error)])
    back = next_url(request, entry.space.url)
    return redirect(entry.space.url if f"/e/{entry.pk}/" in back else back)
