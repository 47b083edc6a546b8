"""The moderators' desk: all questions by what is to be done with them, the doors, and polls."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from hallway.core.http import viewer_of
from hallway.spaces.actions import NotAllowed
from hallway.townhalls import access, queries
from hallway.townhalls.actions import Closed
from hallway.townhalls.actions.poll import prepare, set_state
from hallway.townhalls.desk import lanes, polls_of
from hallway.townhalls.models import Poll, TownHall
from hallway.townhalls.views.guarding import hall_or_404, watch_hall


@require_safe
def desk(request: HttpRequest, pk: int) -> HttpResponse:
    """The desk of hall `pk` for who moderates it; `?all=1` is the first page of all questions."""
    return page(request, hall_or_404(request, pk, "moderate"))


def page(request: HttpRequest, hall: TownHall, status: int = 200, **context: Any) -> HttpResponse:
    """Draw the desk of a hall the viewer moderates; `context` holds a poll that was refused."""
    viewer = viewer_of(request)
    watch_hall(request, hall, desk=True)
    asked = request.GET.get("all", "")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 5 else 0
    context |= {
        "hall": hall,
        "title": hall.entry.text.title,
        "lanes": lanes(viewer, hall, number=number),
        "next_page": number + 1,
        "polls": polls_of(hall),
        "hosts": access.may(viewer, "host", hall),
        "present": queries.present_in([hall.pk]).get(hall.pk, 0),
    }
    return render(request, "townhalls/desk.html", context, status=status)


@require_POST
def polls(request: HttpRequest, pk: int) -> HttpResponse:
    """Prepare a poll: its question as `text`, one answer in each line of `options`."""
    hall = hall_or_404(request, pk, "moderate")
    text, options = request.POST.get("text", ""), request.POST.get("options", "")
    try:
        prepare(hall, text, options.splitlines(), by=viewer_of(request))
    except NotAllowed as error:
        raise Http404 from error
    except Closed:
        messages.warning(request, _("The town hall is over, so nobody could answer any more."))
    except ValueError:
        refused = {
            "poll_text": text,
            "poll_options": options,
            "poll_errors": [_("Write a question, and two to six different answers.")],
        }
        return page(request, hall, status=422, **refused)
    else:
        messages.success(request, _("Prepared. Nobody sees it until you open it."))
    return redirect("townhalls:desk", pk)


@require_POST
def poll_state(request: HttpRequest, pk: int) -> HttpResponse:
    """Open or close the poll `pk` (`state=open` or `state=closed`)."""
    viewer, state = viewer_of(request), request.POST.get("state", "")
    halls = access.visible_to(viewer).filter(polls__pk=pk)
    hall = get_object_or_404(halls)
    if state not in (Poll.State.OPEN, Poll.State.CLOSED) or not access.may(
        viewer, "moderate", hall
    ):
        raise Http404
    poll = get_object_or_404(access.desk_polls(hall), pk=pk)
    poll.hall = hall
    try:
        changed = set_state(poll, state, by=viewer)
    except NotAllowed as error:
        raise Http404 from error
    except Closed:
        messages.warning(request, _("Polls are open only while the town hall is on air."))
    else:
        if not changed:
            messages.info(request, _("Nothing to do: that had already been settled."))
    return redirect("townhalls:desk", hall.pk)
