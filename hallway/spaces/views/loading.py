"""Loading for views: what the viewer may not know of is not found, like a wrong address."""

import re
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from hallway.core.http import next_url, viewer_of, watch
from hallway.people.access import visible_to
from hallway.people.models import Person
from hallway.people.models.person import HANDLE
from hallway.spaces import access, queries
from hallway.spaces.actions import LastManager, NotAllowed
from hallway.spaces.standing import Standing

Deed = Callable[[], object]


def standing_or_404(request: HttpRequest, slug: str, verb: str = "") -> Standing:
    """How the viewer stands to the space `slug`; 404 unless they know of it and may do `verb`."""
    standing = access.standing(viewer_of(request), slug=slug)
    if standing is None or (verb and not standing.may(verb)):
        raise Http404
    return standing


def person_or_404(request: HttpRequest, handle: str) -> Person:
    """Somebody the viewer may know of; 404 for everybody else."""
    if not re.fullmatch(HANDLE, handle):
        raise Http404
    person = visible_to(viewer_of(request)).filter(handle=handle).first()
    if person is None:
        raise Http404
    return person


def page_of(
    request: HttpRequest, template: str, standing: Standing, status: int = 200, **context: Any
) -> HttpResponse:
    """Draw a page of one space with its header; readers' screens hear of what happens in it.

    The screens of others hear only that it looks different from outside.
    """
    space = standing.space
    request.space_id = space.pk  # type: ignore[attr-defined]
    watch(request, f"space:{space.pk}" if standing.reads else f"door:{space.pk}")
    context |= {
        "standing": standing,
        "space": space,
        "members": queries.count_members(space),
        "asking": standing.asks and not standing.asked and not standing.invited,
        "open_requests": queries.requests(space).count() if standing.manages else 0,
    }
    return render(request, template, context, status=status)


def done(
    request: HttpRequest, standing: Standing, deed: Deed, said: str, *, refused: str = ""
) -> HttpResponse:
    """Do `deed` and go back; `said` is shown if it changed something, else that it was too late.

    A deed that would leave the space without a manager changes nothing and is explained. One
    that the rule refuses is answered like a wrong address, unless `refused` says why.
    """
    try:
        changed = deed()
    except LastManager:
        messages.warning(request, _("A space needs a manager: make somebody else one first."))
    except NotAllowed as error:
        if not refused:
            raise Http404 from error
        messages.warning(request, refused)
    else:
        if changed:
            messages.success(request, said)
        else:
            messages.info(request, _("Nothing to do: that had already been settled."))
    return back(request, standing)


def back(request: HttpRequest, standing: Standing) -> HttpResponse:
    """Go where the form was sent from, or to the list when the space can be seen no longer."""
    space = standing.space
    if not access.visible_to(viewer_of(request)).filter(pk=space.pk).exists():
        return redirect("spaces:find")
    return redirect(next_url(request, space.url))
