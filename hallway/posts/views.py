"""Write a post."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from hallway.core.http import next_url, viewer_of
from hallway.core.images import ImageRefused
from hallway.core.text import TextTooLong
from hallway.core.writing import writing
from hallway.entries.actions import Draft
from hallway.entries.forms import WordsForm
from hallway.entries.pictures import take_in
from hallway.people.models import Person
from hallway.posts.actions import publish_post
from hallway.posts.queries import Compose, place_to_post, places
from hallway.spaces.actions import wall_of
from hallway.spaces.models import Space


def write(request: HttpRequest) -> HttpResponse:
    """Show the box for writing on a page of its own, or publish what was written."""
    viewer = viewer_of(request)
    if request.method != "POST":
        chosen = request.GET.get("space", "")
        space_id = int(chosen) if chosen.isascii() and chosen.isdigit() else 0
        return _show(request, viewer, Compose(_("Share something"), space_id=space_id, open=True))
    form = WordsForm(request.POST, request.FILES)
    if not form.is_valid():
        return _show(request, viewer, _kept(request, form.lines()))
    try:
        draft = Draft(
            text=form.cleaned_data["text"],
            title=form.cleaned_data["title"],
            images=take_in(form.cleaned_data["images"], request.POST.getlist("alt")),
            key=form.cleaned_data["key"] or uuid.uuid4(),
        )
        space = _publish(draft, request.POST.get("space", ""), viewer)
    except (TextTooLong, ImageRefused) as error:
        return _show(request, viewer, _kept(request, [str(error)]))
    return redirect(next_url(request, space.url))


def _publish(draft: Draft, chosen: str, viewer: Person) -> Space:
    if not chosen.isascii() or not chosen.isdigit() or len(chosen) > 18:
        raise Http404
    if chosen == "0":
        with writing():
            space = wall_of(viewer)
            publish_post(draft, space, by=viewer)
        return space
    with writing():
        # Asked inside the transaction: what was allowed when the page was read may be over.
        found = place_to_post(viewer, int(chosen))
        if found is None:
            raise Http404
        publish_post(draft, found, by=viewer)
    return found


def _kept(request: HttpRequest, errors: list[str]) -> Compose:
    chosen = request.POST.get("space", "")
    return Compose(
        _("Share something"),
        key=request.POST.get("key", ""),
        space_id=int(chosen) if chosen.isascii() and chosen.isdigit() else None,
        title=request.POST.get("title", ""),
        text=request.POST.get("text", ""),
        errors=errors,
        open=True,
    )


def _show(request: HttpRequest, viewer: Person, compose: Compose) -> HttpResponse:
    compose.spaces = places(viewer, _("My wall"))
    status = 422 if compose.errors else 200
    return render(request, "posts/write.html", {"compose": compose}, status=status)
