"""What the viewer may do with an entry, as a page that also opens in place."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from hallway.core.http import viewer_of
from hallway.entries import access, menus


@require_safe
def menu(request: HttpRequest, pk: int) -> HttpResponse:
    """List the choices; deeds the viewer may not do are not offered."""
    viewer = viewer_of(request)
    entry = get_object_or_404(
        access.visible_to(viewer).select_related("space__owner", "author"), pk=pk
    )
    context = {
        "entry": entry,
        "may_edit": access.may(viewer, "edit", entry),
        "may_delete": access.may(viewer, "delete", entry),
        "may_report": access.may(viewer, "report", entry),
        "saved": access.saved(viewer, entry),
        "parts": menus.parts(request, entry),
        "back": f"/e/{entry.thread_id}#entry-{entry.pk}",
    }
    return render(request, "entries/menu.html", context)
