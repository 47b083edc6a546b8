"""What was reported anywhere, for administrators: where they may read, and through a noted look."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from hallway.accounts.views.guard import administrators_only
from hallway.core.http import viewer_of
from hallway.entries import actions, office, reporting
from hallway.entries.models import Decision, Entry
from hallway.entries.models.report import MOST_REASON

SHOWN = 50
"""So many open ones and so many decisions are on one page; who decides sees the next."""


@require_safe
@administrators_only
def reports(request: HttpRequest) -> HttpResponse:
    """What is open, and what was decided by whomever."""
    viewer = viewer_of(request)
    open_ones = reporting.decidable_by(viewer).select_related("text", "author", "space__owner")
    context = {
        "open": list(open_ones[:SHOWN]),
        "unseen": list(office.behind_doors(viewer).select_related("space")[:SHOWN]),
        "decided": list(reporting.decided(viewer)[:SHOWN]),
        "here_tab": "reports",
    }
    return render(request, "console/reports.html", context)


@require_POST
@administrators_only
def look(request: HttpRequest, pk: int) -> HttpResponse:
    """Open one report about what the viewer may not read otherwise, and note it."""
    try:
        actions.look(pk, by=viewer_of(request))
    except actions.NotAllowed as error:
        raise Http404 from error
    return redirect("console:report", pk)


@administrators_only
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the words that were reported, and by whom; keep or remove them."""
    viewer = viewer_of(request)
    rows = office.looked_at(viewer).select_related("text", "author", "space")
    entry = get_object_or_404(rows, pk=pk)
    if request.method != "POST":
        return _weigh(request, entry)
    outcome, reason = request.POST.get("outcome", ""), request.POST.get("reason", "")
    if outcome not in Decision.Outcome.values:
        raise Http404
    try:
        actions.decide(entry, outcome, reason, by=viewer)
    except actions.ReasonMissing:
        return _weigh(request, entry, [_("Say why you remove it; the author reads that.")], reason)
    except actions.NotAllowed as error:
        raise Http404 from error
    messages.success(request, _("Decided."))
    return redirect("console:reports")


def _weigh(
    request: HttpRequest, entry: Entry, errors: list[str] | None = None, reason: str = ""
) -> HttpResponse:
    context = {
        "entry": entry,
        "reports": list(office.reports_on(entry).select_related("by")[:SHOWN]),
        "errors": errors,
        "reason": reason,
        "most": MOST_REASON,
        "here_tab": "reports",
    }
    return render(request, "console/report.html", context, status=422 if errors else 200)
