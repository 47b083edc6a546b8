"""Spaces as administrators may know of them: who looks after each."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hallway.accounts.views.guard import administrators_only
from hallway.console import figures, rooms
from hallway.core.http import viewer_of
from hallway.core.text import clean_line
from hallway.spaces.paging import page


@require_safe
@administrators_only
def spaces(request: HttpRequest) -> HttpResponse:
    """Spaces by words, or those without a manager (`unmanaged=1`); a page at a time."""
    viewer = viewer_of(request)
    words = clean_line(request.GET.get("q", ""))[:100]
    unmanaged = request.GET.get("unmanaged") == "1"
    rows = rooms.known_to(viewer, words, unmanaged=unmanaged)
    found = page(rows, ("name_key", "pk"), request.GET.get("after", ""))
    kept = {"q": words, "unmanaged": "1" if unmanaged else ""}
    query = {name: value for name, value in kept.items() if value}
    context = {
        "words": words,
        "unmanaged": unmanaged,
        "counts": figures.of_spaces(viewer),
        "rows": rooms.rows(viewer, found.rows),
        "more_url": f"?{urlencode({**query, 'after': found.next})}" if found.next else "",
        "here_tab": "spaces",
    }
    return render(request, "console/spaces.html", context)
