"""Share an entry with a note; show what a share carries; the row in the menu of an entry."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from hallway.core.http import viewer_of
from hallway.core.images import ImageRefused
from hallway.core.limits import TooFast, spend, told
from hallway.core.splicing import splice
from hallway.core.text import TextTooLong
from hallway.core.writing import writing
from hallway.entries import access
from hallway.entries.actions import Draft, ImageGone, NotAllowed
from hallway.entries.forms import WordsForm
from hallway.entries.models import Entry
from hallway.entries.pictures import taken_in
from hallway.people.models import Person
from hallway.posts.queries import Compose, place_to_post, places
from hallway.shares import actions
from hallway.shares.access import original_of
from hallway.shares.cards import carried, draw_original, frame
from hallway.spaces.actions import wall_of
from hallway.spaces.models import Space


class NoteForm(WordsForm):
    """The words beside what is shared, which speaks for itself: there need be none."""

    def demand(self) -> None:
        """Nothing is asked for."""


def share(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what is to be shared with a box for the note; publish it when sent."""
    viewer = viewer_of(request)
    entry = get_object_or_404(access.visible_to(viewer).filter(root__isnull=True), pk=pk)
    original = original_of(viewer, entry)
    if original is None:
        raise Http404
    compose = _compose(request, pk)
    if request.method != "POST":
        return _show(request, viewer, original, compose)
    form = NoteForm(request.POST, request.FILES)
    if not form.is_valid():
        compose.errors = form.lines()
        return _show(request, viewer, original, compose)
    files = form.cleaned_data["images"]
    chosen = request.POST.get("space", "")
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
                # Asked again inside the transaction: what was allowed a moment ago may be over.
                space = _place(chosen, viewer) or wall_of(viewer)
                spend(viewer.pk, "write")
                made = actions.share(original, draft, space, by=viewer)
    except NotAllowed as error:
        raise Http404 from error
    except (TextTooLong, ImageRefused, ImageGone, TooFast) as error:
        compose.errors = [str(error)]
        return told(_show(request, viewer, original, compose), error)
    return redirect(made.url)


@require_safe
def shared(request: HttpRequest, pk: int) -> HttpResponse:
    """What the share `pk` carries, in the frame of its card that asks for it."""
    viewer = viewer_of(request)
    entry = get_object_or_404(access.visible_to(viewer).filter(kind="share"), pk=pk)
    found = carried(viewer, [entry.pk])
    return HttpResponse(frame(entry.pk, found.cards.get(entry.pk)))


def menu_row(request: HttpRequest, entry: Entry) -> str:
    """The way to the form, where there is something to share that the viewer may see."""
    if entry.is_comment or original_of(viewer_of(request), entry) is None:
        return ""
    return render_to_string("shares/_row.html", {"entry": entry}, request)


def _compose(request: HttpRequest, pk: int) -> Compose:
    written = request.POST
    chosen = written.get("space", "")
    compose = Compose(
        _("Add a note, if you like"),
        action=f"/e/{pk}/share",
        space_id=_number(chosen),
        title=written.get("title", ""),
        text=written.get("text", ""),
        send=pgettext("an entry", "Share"),
        open=True,
    )
    if written:
        compose.key = written.get("key", "")
    return compose


def _show(request: HttpRequest, viewer: Person, original: Entry, compose: Compose) -> HttpResponse:
    found = places(viewer, _("My wall"))
    compose.spaces = [place for place in found if place.id != original.space_id]
    context = {
        "entry": original,
        "original": splice(request, [draw_original(original.pk)]),
        "compose": compose,
        "back": original.url,
    }
    return render(request, "shares/share.html", context, status=422 if compose.errors else 200)


def _place(chosen: str, viewer: Person) -> Space | None:
    """Where to share; None for one's own wall, which may not be there yet. Raises Http404."""
    number = _number(chosen)
    if number == 0:
        return None
    found = place_to_post(viewer, number) if number else None
    if found is None:
        raise Http404
    return found


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
