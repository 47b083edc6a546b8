"""What the viewer may do with an entry, as a page that also opens in place."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from hallway.core.http import viewer_of
from hallway.entries import access, menus
from hallway.entries.models import Entry


@require_safe
def menu(request: HttpRequest, pk: int) -> HttpResponse:
    """List the choices; deeds the viewer may not do are not offered."""
    viewer = viewer_of(request)
    entry = get_object_or_404(
        access.visible_to(viewer).select_related("space__owner", "author"), pk=pk
    )
    return menu_of(request, entry)


def menu_of(
    request: HttpRequest, entry: Entry, errors: Sequence[str] | None = None
) -> HttpResponse:
    """The page for an entry the viewer may see, with `errors` of what was just tried."""
    viewer = viewer_of(request)
    context = {
        "entry": entry,
        "may_edit": access.may(viewer, "edit", entry),
        "may_delete": access.may(viewer, "delete", entry),
        "may_pin": access.may(viewer, "pin", entry),
        "may_move": access.may(viewer, "move", entry),
        "moved": access.moves_to(viewer).filter(entry=entry).exists(),
        "may_report": access.may(viewer, "report", entry),
        "saved": access.saved(viewer, entry),
        "parts": menus.parts(request, entry),
        "back": f"/e/{entry.thread_id}#entry-{entry.pk}",
        "errors": errors,
    }
    return render(request, "entries/menu.html", context, status=422 if errors else 200)
