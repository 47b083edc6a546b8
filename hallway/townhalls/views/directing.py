"""What the host does: open the doors, end it; and who moderates: take questions or not."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from hallway.core.http import next_url, viewer_of
from hallway.spaces.actions import NotAllowed
from hallway.townhalls import actions, desk
from hallway.townhalls.actions import Closed
from hallway.townhalls.models import TownHall
from hallway.townhalls.views.guarding import hall_or_404, watch_hall


@require_POST
def open_doors(request: HttpRequest, pk: int) -> HttpResponse:
    """Go on air: the mark turns red on every screen of the audience."""
    hall = hall_or_404(request, pk, "host")
    said = _("The doors are open.")
    return _done(request, hall, lambda: actions.open_doors(hall, by=viewer_of(request)), said)


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask whether to end it, and end it: there is no way back."""
    hall = hall_or_404(request, pk, "host")
    if request.method != "POST":
        watch_hall(request, hall)
        staged = hall.answering
        context = {"hall": hall, "title": hall.entry.text.title, "staged": staged}
        context["open"] = sum(
            lane.count for lane in desk.lanes(viewer_of(request), hall) if lane.name == "open"
        )
        return render(request, "townhalls/end.html", context)
    said = _("The town hall is over. Now each open question can get an owner and a date.")
    response = _done(request, hall, lambda: actions.end(hall, by=viewer_of(request)), said)
    return response if response.status_code >= 400 else redirect(hall.url)


@require_POST
def asking(request: HttpRequest, pk: int) -> HttpResponse:
    """Take no more questions (`closed=1`), or take them again (`closed=0`)."""
    hall = hall_or_404(request, pk, "moderate")
    closed = request.POST.get("closed", "")
    if closed not in ("0", "1"):
        raise Http404
    said = _("No more questions are taken.") if closed == "1" else _("Questions are taken again.")
    deed = closed == "1"
    return _done(
        request, hall, lambda: actions.close_asking(hall, deed, by=viewer_of(request)), said
    )


def _done(
    request: HttpRequest, hall: TownHall, deed: Callable[[], bool], said: str
) -> HttpResponse:
    try:
        changed = deed()
    except NotAllowed as error:
        raise Http404 from error
    except Closed:
        messages.warning(request, _("That is not possible in the present state of the town hall."))
    else:
        if changed:
            messages.success(request, said)
        else:
            messages.info(request, _("Nothing to do: that had already been settled."))
    return redirect(next_url(request, f"{hall.url}/desk"))
