"""Founding a space and changing it."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hallway.core.http import viewer_of
from hallway.core.limits import TooFast, spend, told
from hallway.spaces import actions, queries
from hallway.spaces.consequences import consequence
from hallway.spaces.forms import SpaceForm
from hallway.spaces.models import Space
from hallway.spaces.standing import Standing
from hallway.spaces.views.loading import page_of, standing_or_404

EDITED = ("name", "description", "kind", "openness", "posting", "hue_step")
READ_AND_WRITE = require_http_methods(["GET", "HEAD", "POST"])


@READ_AND_WRITE
def new(request: HttpRequest) -> HttpResponse:
    """The form of a new space; guests found none."""
    viewer = viewer_of(request)
    if viewer.is_guest:
        raise Http404
    if request.method != "POST":
        start = {"kind": "community", "openness": "open", "posting": "members", "hue_step": 11}
        context = {"form": SpaceForm(viewer, initial=start), "key": uuid.uuid4()}
        return render(request, "spaces/new.html", context)
    key = _key(request)
    try:
        with actions.founding(key, by=viewer) as space:
            # Asked inside the transaction: which names there are, and what the viewer may found.
            if viewer.is_guest:
                raise Http404
            form = SpaceForm(viewer, request.POST)
            if space is None and form.is_valid():
                spend(viewer.pk, "found")
                space = actions.create_space(by=viewer, key=key, **form.cleaned_data)
    except TooFast as error:
        form.add_error(None, str(error))
        context = {"form": form, "key": key or uuid.uuid4()}
        return told(render(request, "spaces/new.html", context), error)
    if space is None:
        context = {"form": form, "key": key or uuid.uuid4()}
        return render(request, "spaces/new.html", context, status=422)
    messages.success(request, _("%(space)s is there. Invite colleagues.") % {"space": space.name})
    return redirect(space.url)


@READ_AND_WRITE
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """What managers decide; a new openness is confirmed first, told what it means."""
    standing = standing_or_404(request, slug, "manage")
    space, viewer = standing.space, viewer_of(request)
    if request.method != "POST":
        start = {name: getattr(space, name) for name in EDITED}
        return _form(request, standing, SpaceForm(viewer, initial=start, space=space))
    form = SpaceForm(viewer, request.POST, space=space)
    if not form.is_valid():
        return _form(request, standing, form, status=422)
    openness = form.cleaned_data.get("openness", space.openness)
    change = f"{space.openness}-{openness}"
    if openness != space.openness and request.POST.get("confirmed") != change:
        return _form(request, standing, form, status=422, confirming=change)
    try:
        actions.change_space(space, by=viewer, **form.cleaned_data)
    except actions.NotAllowed as error:
        raise Http404 from error
    except actions.Overtaken:
        form.add_error("openness", _("Somebody else has just changed this. Look again."))
        return _form(request, standing, form, status=422)
    messages.success(request, _("Saved."))
    return redirect(space.url)


def _key(request: HttpRequest) -> uuid.UUID | None:
    """The number in the form; sending it twice founds one space."""
    try:
        return uuid.UUID(request.POST.get("key", ""))
    except ValueError:
        return None


def _form(
    request: HttpRequest,
    standing: Standing,
    form: SpaceForm,
    status: int = 200,
    confirming: str = "",
) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "confirming": confirming}
    if confirming:
        openness = form.cleaned_data["openness"]
        before, after = queries.readers_before_and_after(standing.space, openness)
        context["consequence"] = consequence(standing.space.openness, openness, before, after)
        context["openness"] = Space.Openness(openness).label
    return page_of(request, "spaces/edit.html", standing, status=status, **context)
