"""Move an entry to another space: where to, who will see it and who not any more, then the deed."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from hallway.core.http import viewer_of
from hallway.entries import access, actions
from hallway.entries.models import Entry
from hallway.entries.moves import consequence


def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose a space; with `?space=` say what that means for people; do it when sent."""
    viewer = viewer_of(request)
    entry = get_object_or_404(
        access.visible_to(viewer).select_related("space__owner", "author"), pk=pk
    )
    if not access.may(viewer, "move", entry):
        raise Http404
    if request.method != "POST":
        return _show(request, entry, request.GET.get("space", ""))
    chosen = _number(request.POST.get("space", ""))
    space = get_object_or_404(access.places_to_move(viewer, entry), pk=chosen)
    try:
        actions.move(entry, space, by=viewer)
    except actions.NotAllowed as error:
        raise Http404 from error
    except actions.AuthorLosesSight as error:
        return _show(request, entry, str(space.pk), error=str(error))
    messages.success(request, _("Moved to %(space)s.") % {"space": space.name})
    return redirect(entry.url)


def _show(request: HttpRequest, entry: Entry, chosen: str, error: str = "") -> HttpResponse:
    places = access.places_to_move(viewer_of(request), entry)
    space = get_object_or_404(places, pk=_number(chosen)) if chosen else None
    context = {
        "entry": entry,
        "places": list(places),
        "space": space,
        "consequence": consequence(entry, space) if space else None,
        "errors": [error] if error else [],
        "back": entry.url,
    }
    return render(request, "entries/move.html", context, status=422 if error else 200)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0
