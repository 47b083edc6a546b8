"""Report an entry, decide about those reported, and read why one's own was removed."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from hallway.core.http import viewer_of
from hallway.core.limits import TooFast, spend, told
from hallway.core.splicing import splice
from hallway.entries import access, actions, reporting
from hallway.entries.cards import cards_for
from hallway.entries.mine import mine
from hallway.entries.models import Decision, Entry
from hallway.entries.models.report import MOST_REASON
from hallway.spaces import access as spaces

SHOWN = 50
"""So many open ones and so many decisions are on one page; who decides sees the next."""


def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the reason, and pass it on to those who look after the space."""
    viewer = viewer_of(request)
    entry = get_object_or_404(access.visible_to(viewer).select_related("space__owner"), pk=pk)
    if not access.may(viewer, "report", entry):
        raise Http404
    if request.method != "POST":
        return _ask(request, entry)
    reason = request.POST.get("reason", "")
    try:
        spend(viewer.pk, "write")
        actions.report(entry, reason, by=viewer)
    except actions.ReasonMissing:
        return _ask(request, entry, [_("Say in a few words what is wrong with it.")], reason)
    except TooFast as error:
        return told(_ask(request, entry, [str(error)], reason), error)
    except actions.NotAllowed as error:
        raise Http404 from error
    messages.success(request, _("Thank you. Somebody will look at it."))
    return redirect(entry.url)


def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what was reported and by whom; keep or remove it."""
    viewer = viewer_of(request)
    rows = reporting.decidable_by(viewer).select_related("space__owner")
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
    return redirect("entries:reported")


@require_safe
def reported(request: HttpRequest, slug: str = "") -> HttpResponse:
    """What is open for the viewer to decide: in one space, with what was decided, or anywhere."""
    viewer = viewer_of(request)
    space = get_object_or_404(spaces.readable_by(viewer), slug=slug) if slug else None
    if space is not None and not spaces.may(viewer, "manage", space):
        raise Http404
    found = reporting.decidable_by(viewer, space).select_related("text", "author", "space__owner")
    context = {
        "space": space,
        "open": list(found[:SHOWN]),
        "decided": list(reporting.decisions_of(viewer, space)[:SHOWN]) if space else [],
    }
    return render(request, "entries/reported.html", context)


@require_safe
def decision(request: HttpRequest, pk: int) -> HttpResponse:
    """Why something of the viewer's was removed, with the words it had."""
    rows = reporting.removal_of(viewer_of(request), pk).order_by("-pk")
    found = rows.select_related("entry__text", "entry__space__owner", "by").first()
    if found is None:
        raise Http404
    return render(request, "entries/decision.html", {"decision": found})


def _ask(
    request: HttpRequest, entry: Entry, errors: list[str] | None = None, reason: str = ""
) -> HttpResponse:
    context = {"entry": entry, "errors": errors, "reason": reason, "most": MOST_REASON}
    context["back"] = f"/e/{entry.thread_id}#entry-{entry.pk}"
    return render(request, "entries/report.html", context, status=422 if errors else 200)


def _weigh(
    request: HttpRequest, entry: Entry, errors: list[str] | None = None, reason: str = ""
) -> HttpResponse:
    viewer = viewer_of(request)
    context = {
        "entry": entry,
        "card": splice(request, list(cards_for(viewer, [entry.pk]).values())),
        "mine": mine(viewer, [entry.pk]).as_block(),
        "reports": list(reporting.reports_on(viewer, entry).select_related("by")[:SHOWN]),
        "errors": errors,
        "reason": reason,
        "most": MOST_REASON,
    }
    return render(request, "entries/decide.html", context, status=422 if errors else 200)
