"""Look behind an entry: its earlier words and who reacted."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from hallway.core.http import viewer_of
from hallway.entries import access

PAGE = 30


@require_safe
def history(request: HttpRequest, pk: int) -> HttpResponse:
    """The words as they are and as they were, newest first; the last 50 versions."""
    viewer = viewer_of(request)
    entry = get_object_or_404(access.visible_to(viewer).select_related("author"), pk=pk)
    revisions = access.revisions_to(viewer).filter(entry=entry).order_by("-number")[:50]
    context = {
        "entry": entry,
        "text": access.texts_to(viewer).get(pk=pk),
        "revisions": list(revisions),
        "back": f"/e/{entry.thread_id}#entry-{entry.pk}",
    }
    return render(request, "entries/history.html", context)


@require_safe
def reactions(request: HttpRequest, pk: int) -> HttpResponse:
    """Who reacted how, newest first, in pages by keyset."""
    viewer = viewer_of(request)
    entry = get_object_or_404(access.visible_to(viewer).select_related("author"), pk=pk)
    rows = access.reactions_to(viewer).filter(entry=entry).select_related("person")
    before = request.GET.get("before", "")
    if before.isascii() and before.isdigit() and len(before) < 19:
        rows = rows.filter(pk__lt=int(before))
    page = list(rows.order_by("-pk")[: PAGE + 1])
    older = f"?before={page[PAGE - 1].pk}" if len(page) > PAGE else ""
    context = {
        "entry": entry,
        "reactions": page[:PAGE],
        "older_url": older,
        "back": f"/e/{entry.thread_id}#entry-{entry.pk}",
    }
    return render(request, "entries/reactions.html", context)
