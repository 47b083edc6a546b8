"""Pages of notifications; looking changes nothing, marking as read is a deed."""

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from hallway.core.http import next_url, viewer_of
from hallway.entries.actions import read_thread
from hallway.notifications import actions, queries
from hallway.notifications.deciding import piles_for
from hallway.notifications.sentences import line


@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """The viewer's notifications, newest first; `before` is the cursor of an older page."""
    viewer = viewer_of(request)
    try:
        page = queries.page_of(viewer, request.GET.get("before", ""))
    except ValueError as error:
        raise Http404 from error
    seconds = queries.named_in(page.rows, viewer)
    return render(
        request,
        "notifications/notices.html",
        {
            "waiting": sum(len(pile.rows) for pile in piles_for(viewer)),
            "lines": [line(row, seconds) for row in page.rows],
            "until": queries.cursor_of(page.rows[0]) if page.rows else "",
            "has_new": any(row.is_new for row in page.rows),
            "older_url": f"?before={page.older}" if page.older else "",
            "newer_url": reverse("notifications:notices") if "before" in request.GET else "",
        },
    )


@require_POST
def read(request: HttpRequest) -> HttpResponse:
    """Mark one (`notice`) or all up to the newest one the page showed (`until`)."""
    actions.mark_read(
        by=viewer_of(request), only=_number(request, "notice"), until=_moment(request)
    )
    return redirect(next_url(request, reverse("notifications:notices")))


@require_POST
def seen(request: HttpRequest) -> HttpResponse:
    """The viewer looks at a thread (`entry`), a `space`, a `person`, a `question`, or the list.

    Of a thread, `upto` is the number of the newest comment they have before them. Of the list,
    `until` is the newest row. Called by the page that is looked at.
    """
    viewer, until = viewer_of(request), _moment(request)
    if until is not None:
        actions.mark_listed(by=viewer, until=until)
    entry, upto = _number(request, "entry"), _number(request, "upto")
    if entry is not None and upto is not None:
        read_thread(entry, upto, by=viewer)
    actions.mark_seen(
        by=viewer,
        entry=entry,
        space=_number(request, "space"),
        person=_number(request, "person"),
        question=_number(request, "question"),
    )
    return HttpResponse(status=204)


def _number(request: HttpRequest, name: str) -> int | None:
    text = request.POST.get(name, "")
    if not text:
        return None
    if len(text) > 18 or not text.isascii() or not text.isdigit():
        raise Http404
    return int(text)


def _moment(request: HttpRequest) -> datetime | None:
    text = request.POST.get("until", "")
    if not text:
        return None
    try:
        return queries.moment_of(text)
    except ValueError as error:
        raise Http404 from error
