"""Look behind an entry: its earlier words and who reacted."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from hallway.core.http import viewer_of
from hallway.entries import access
from hallway.entries.cards import counts_of
from hallway.entries.models import Reaction
from hallway.entries.moves import moves_of
from hallway.entries.versions import versions_of

PAGE = 30


@require_safe
def history(request: HttpRequest, pk: int) -> HttpResponse:
    """The words as they are and as they were, newest first, with what each edit changed."""
    viewer = viewer_of(request)
    entry = get_object_or_404(access.visible_to(viewer).select_related("author"), pk=pk)
    before = request.GET.get("before", "")
    number = int(before) if before.isascii() and before.isdigit() and len(before) < 9 else 0
    page = versions_of(viewer, entry, number)
    context = {
        "entry": entry,
        "versions": page.versions,
        "moves": moves_of(viewer, entry),
        "older_url": f"?before={page.older}" if page.older else "",
        "back": f"/e/{entry.thread_id}#entry-{entry.pk}",
    }
    return render(request, "entries/history.html", context)


@require_safe
def reactions(request: HttpRequest, pk: int) -> HttpResponse:
    """Who reacted how, newest first, in pages by keyset; `?kind=` shows those of one kind."""
    viewer = viewer_of(request)
    entry = get_object_or_404(access.visible_to(viewer).select_related("author"), pk=pk)
    rows = access.reactions_to(viewer).filter(entry=entry)
    counts = counts_of(entry)
    kind = request.GET.get("kind", "")
    if kind in Reaction.Kind.values:
        rows = rows.filter(kind=kind)
    before = request.GET.get("before", "")
    if before.isascii() and before.isdigit() and len(before) < 19:
        rows = rows.filter(pk__lt=int(before))
    page = list(rows.select_related("person").order_by("-pk")[: PAGE + 1])
    older = ""
    if len(page) > PAGE:
        query = request.GET.copy()
        query["before"] = str(page[PAGE - 1].pk)
        older = f"?{query.urlencode()}"
    context = {
        "entry": entry,
        "reactions": page[:PAGE],
        "kind": kind,
        "counts": counts,
        "total": sum(each.count for each in counts),
        "older_url": older,
        "back": f"/e/{entry.thread_id}#entry-{entry.pk}",
    }
    return render(request, "entries/reactions.html", context)
