"""Write a post."""

import uuid
from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from hallway.core.http import next_url, viewer_of
from hallway.core.images import ImageRefused
from hallway.core.limits import TooFast, spend, told
from hallway.core.text import TextTooLong
from hallway.core.writing import writing
from hallway.entries.actions import Draft, ImageGone
from hallway.entries.forms import WordsForm
from hallway.entries.pictures import taken_in
from hallway.people.models import Person
from hallway.posts.actions import publish_post
from hallway.posts.queries import Compose, place_to_post, places
from hallway.posts.sharing import shared
from hallway.spaces.actions import wall_of
from hallway.spaces.models import Space


def write(request: HttpRequest) -> HttpResponse:
    """Show the box for writing on a page of its own, or publish what was written."""
    viewer = viewer_of(request)
    if request.method != "POST":
        return _show(request, viewer, _begun(request))
    if request.POST.get("on") or request.POST.get("at"):
        # Who chose a time means it, whichever button or key sent the form.
        return HttpResponseRedirect(reverse("scheduled:all"), preserve_request=True)
    form = WordsForm(request.POST, request.FILES)
    if not form.is_valid():
        return _show(request, viewer, _kept(request, form.lines()))
    files = form.cleaned_data["images"]
    chosen = request.POST.get("space", "")
    if files:
        _place(chosen, viewer)
    try:
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
                publish_post(draft, space, by=viewer)
    except (TextTooLong, ImageRefused, ImageGone, TooFast) as error:
        return told(_show(request, viewer, _kept(request, [str(error)])), error)
    return redirect(_back(request) or space.url)


def _back(request: HttpRequest) -> str:
    """The page one wrote on, or '' when that was the box's own page."""
    wanted = next_url(request, "")
    return "" if urlsplit(wanted).path == request.path else wanted


def _place(chosen: str, viewer: Person) -> Space | None:
    """Where to post; None for one's own wall, which may not be there yet. Raises Http404."""
    number = _number(chosen)
    if number == 0:
        return None
    found = place_to_post(viewer, number) if number else None
    if found is None:
        raise Http404
    return found


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def _begun(request: HttpRequest) -> Compose:
    title, text = shared(request.GET)
    space = _number(request.GET.get("space", "")) or 0
    words = _("Share something")
    return Compose(words, space_id=space, title=title, text=text, open=True)


def _kept(request: HttpRequest, errors: list[str]) -> Compose:
    return Compose(
        _("Share something"),
        key=request.POST.get("key", ""),
        next=_back(request),
        space_id=_number(request.POST.get("space", "")),
        title=request.POST.get("title", ""),
        text=request.POST.get("text", ""),
        errors=errors,
        open=True,
    )


def _show(request: HttpRequest, viewer: Person, compose: Compose) -> HttpResponse:
    compose.spaces = places(viewer, _("My wall"))
    status = 422 if compose.errors else 200
    return render(request, "posts/write.html", {"compose": compose}, status=status)
