"""What somebody has scheduled: the list, one of it to change, and what is done with it."""

import uuid
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from hallway.core.http import viewer_of
from hallway.core.images import ImageRefused
from hallway.core.limits import TooFast, spend, told
from hallway.core.storage import open_stored
from hallway.core.text import TextTooLong
from hallway.core.writing import writing
from hallway.entries.actions import Draft, ImageGone, NotAllowed
from hallway.entries.pictures import taken_in
from hallway.entries.views.image import shown
from hallway.people.models import Person
from hallway.posts.queries import Compose, Later, place_to_post, places
from hallway.scheduled import access, actions
from hallway.scheduled.actions import NotLater, TooManyScheduled
from hallway.scheduled.forms import LaterForm
from hallway.scheduled.models import Scheduled
from hallway.spaces import access as spaces
from hallway.spaces.actions import wall_of
from hallway.spaces.models import Space

WRONG = (TextTooLong, ImageRefused, ImageGone, TooFast, NotLater, TooManyScheduled)


def everything(request: HttpRequest) -> HttpResponse:
    """The list, the next one first; a form sent here keeps a post for later."""
    viewer = viewer_of(request)
    if request.method == "POST":
        return _keep(request, viewer)
    context = {
        "rows": list(access.with_pictures(viewer).select_related("space")),
        # Of a space one may not know of any more not even its present name is told.
        "known": set(spaces.visible_to(viewer).values_list("pk", flat=True)),
        "zone": timezone.get_current_timezone_name(),
    }
    return render(request, "scheduled/all.html", context)


def change(request: HttpRequest, pk: int) -> HttpResponse:
    """One of them in a form; write it when sent."""
    viewer = viewer_of(request)
    row = get_object_or_404(access.scheduled_of(viewer).select_related("space"), pk=pk)
    pictures = list(access.pictures_of(viewer).filter(scheduled=row))
    if request.method != "POST":
        moment = timezone.localtime(row.due_at)
        values = {
            "title": row.title,
            "text": row.text,
            "space": str(row.space_id or 0),
            "on": f"{moment:%Y-%m-%d}",
            "at": f"{moment:%H:%M}",
        }
        return _form(request, row, pictures, values)
    without = {int(each) for each in request.POST.getlist("without") if each.isdigit()}
    left = [each for each in pictures if each.pk not in without]
    form = LaterForm(request.POST, pictures=len(left))
    if not form.is_valid():
        return _form(request, row, pictures, request.POST, form.lines())
    draft = Draft(form.cleaned_data["text"], title=form.cleaned_data["title"])
    try:
        spend(viewer.pk, "write")
        with writing():
            space = _place(request.POST.get("space", ""), viewer)
            actions.reschedule(row, draft, space, form.due_at, by=viewer, without=without)
    except NotAllowed as error:
        raise Http404 from error
    except WRONG as error:
        return told(_form(request, row, pictures, request.POST, [str(error)]), error)
    return redirect("scheduled:all")


@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish it now; where the viewer may not post any more, the list says so."""
    viewer = viewer_of(request)
    row = get_object_or_404(access.scheduled_of(viewer), pk=pk)
    try:
        spend(viewer.pk, "write")
        entry = actions.publish_now(row, by=viewer)
    except TooFast as error:
        messages.error(request, str(error))
        return redirect("scheduled:all")
    except NotAllowed:
        messages.error(request, _("You may not post there any more. Choose another place."))
        return redirect(row.url)
    return redirect(entry.url)


@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    """Let go of it."""
    viewer = viewer_of(request)
    row = get_object_or_404(access.scheduled_of(viewer), pk=pk)
    try:
        actions.discard(row, by=viewer)
    except NotAllowed as error:
        raise Http404 from error
    messages.success(request, _("Deleted."))
    return redirect("scheduled:all")


@require_safe
def picture(request: HttpRequest, pk: int) -> FileResponse:
    """A picture of something scheduled, to who wrote it, in the smallest variant."""
    row = get_object_or_404(access.pictures_of(viewer_of(request)), pk=pk)
    return shown(open_stored(row.stored[min(row.stored, key=int)]), f"image-{pk}")


def _keep(request: HttpRequest, viewer: Person) -> HttpResponse:
    form = LaterForm(request.POST, request.FILES)
    if not form.is_valid():
        return _again(request, viewer, form.lines())
    chosen = request.POST.get("space", "")
    files = form.cleaned_data["images"]
    try:
        _place(chosen, viewer)
        with taken_in(files, form.alts, by=viewer) as images:
            draft = Draft(
                text=form.cleaned_data["text"],
                title=form.cleaned_data["title"],
                images=[*form.ahead, *images],
                key=form.cleaned_data["key"] or uuid.uuid4(),
            )
            with writing():
                space = _place(chosen, viewer)
                spend(viewer.pk, "write")
                actions.schedule(draft, space, form.due_at, by=viewer)
    except WRONG as error:
        return told(_again(request, viewer, [str(error)]), error)
    return redirect("scheduled:all")


def _again(request: HttpRequest, viewer: Person, errors: list[str]) -> HttpResponse:
    """The box with what stood in it, and what was wrong."""
    written = request.POST
    chosen = written.get("space", "")
    compose = Compose(
        _("Share something"),
        key=written.get("key", ""),
        spaces=places(viewer, _("My wall")),
        space_id=int(chosen) if chosen.isascii() and chosen.isdigit() and len(chosen) < 19 else 0,
        title=written.get("title", ""),
        text=written.get("text", ""),
        later=Later(written.get("on", ""), written.get("at", "")),
        errors=errors,
        open=True,
    )
    return render(request, "posts/write.html", {"compose": compose}, status=422)


def _form(
    request: HttpRequest,
    row: Scheduled,
    pictures: Sequence[Any],
    values: Any,
    errors: Sequence[str] = (),
) -> HttpResponse:
    chosen = values.get("space", "")
    context = {
        "row": row,
        "pictures": pictures,
        "values": values,
        "places": places(viewer_of(request), _("My wall")),
        "chosen": int(chosen) if chosen.isascii() and chosen.isdigit() and len(chosen) < 19 else 0,
        "zone": timezone.get_current_timezone_name(),
        "errors": errors,
        "now": timezone.localtime(),
    }
    return render(request, "scheduled/change.html", context, status=422 if errors else 200)


def _place(chosen: str, viewer: Person) -> Space:
    """Where to post; "0" is one's own wall. Raises Http404."""
    if chosen == "0":
        return wall_of(viewer)
    known = chosen.isascii() and chosen.isdigit() and len(chosen) < 19
    found = place_to_post(viewer, int(chosen)) if known else None
    if found is None:
        raise Http404
    return found
