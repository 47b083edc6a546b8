"""All town halls of a viewer: on air, coming up, past."""

from datetime import UTC, datetime
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hallway.core.http import viewer_of, watch
from hallway.core.splicing import splice
from hallway.townhalls import access, drawing, queries
from hallway.townhalls.views.loading import hall_or_404

MOST_TO_COME = 50


@require_safe
def halls(request: HttpRequest) -> HttpResponse:
    """What one may see, in three parts; `?before=` an end (seconds) shows older ones."""
    viewer = viewer_of(request)
    before = _moment(request.GET.get("before", ""))
    older = queries.past(viewer, before)
    shown = older[: queries.SHOWN]
    more = shown[-1].ended_at if len(older) > queries.SHOWN and shown else None
    now = [] if before else queries.on_air(viewer)
    to_come = [] if before else queries.coming_up(viewer, MOST_TO_COME)
    bills = {bill.hall.pk: bill for bill in queries.bills([*now, *to_come, *shown])}
    context = {
        "on_air": [bills[hall.pk] for hall in now],
        "coming_up": [bills[hall.pk] for hall in to_come],
        "past": [bills[hall.pk] for hall in shown],
        "older_url": f"?{urlencode({'before': more.timestamp()})}" if more else "",
        "may_announce": access.spaces_to_announce_in(viewer).exists(),
    }
    return render(request, "townhalls/list.html", context)


@require_safe
def questions(request: HttpRequest, pk: int) -> HttpResponse:
    """All questions of one hall by votes, in pages, where its own page cannot list them all."""
    hall = hall_or_404(request, pk)
    wanted = request.GET.get("page", "")
    number = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 5 else 0
    shown, more = queries.page_of_all(hall, number)
    votes = access.votes_of(viewer_of(request)).filter(question__in=[each.pk for each in shown])
    request.mine = {  # type: ignore[attr-defined]
        "me": viewer_of(request).pk,
        "reactions": {},
        "votes": list(votes.values_list("question_id", flat=True)),
    }
    watch(request, f"hall:{hall.pk}", f"space:{hall.space_id}")
    context = {
        "hall": hall,
        "rows": splice(request, drawing.rows([(each, False) for each in shown], hall)),
        "newer_url": f"?page={number - 1}" if number else "",
        "older_url": f"?page={number + 1}" if more else "",
        "older_text": _("More"),
    }
    return render(request, "townhalls/all.html", context)


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromtimestamp(float(text), UTC) if text else None
    except (ValueError, OverflowError, OSError):
        return None
