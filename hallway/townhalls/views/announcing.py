"""Announce a town hall, and change what was announced."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hallway.core.http import viewer_of
from hallway.core.limits import TooFast, spend, told
from hallway.core.text import TextTooLong
from hallway.core.writing import writing
from hallway.entries.actions import Draft
from hallway.entries.actions import edit as edit_entry
from hallway.entries.forms import new_key
from hallway.townhalls import access, actions, queries
from hallway.townhalls.forms import HallForm
from hallway.townhalls.models import TownHall
from hallway.townhalls.views.loading import hall_or_404

READ_AND_WRITE = require_http_methods(["GET", "HEAD", "POST"])


@READ_AND_WRITE
def new(request: HttpRequest) -> HttpResponse:
    """The form for a new one, for those who manage a space; `?space=` chooses that."""
    viewer = viewer_of(request)
    places = access.spaces_to_announce_in(viewer)
    if not places.exists():
        raise Http404
    if request.method != "POST":
        chosen = places.filter(slug=request.GET.get("space", "")).first() or places.first()
        start = {
            "space": chosen.pk if chosen else None,
            "minutes": 60,
            "tokens": 3,
            "asking_before": True,
            "moderation": TownHall.Moderation.AFTER,
            "hosts": f"@{viewer.handle}",
        }
        return _form(request, HallForm(viewer, initial=start))
    form = HallForm(viewer, request.POST)
    if not form.is_valid():
        return _form(request, form, status=422)
    data = form.cleaned_data
    draft = Draft(text=data["text"], title=data["title"], key=data["key"] or uuid.uuid4())
    try:
        spend(viewer.pk, "write")
        hall = actions.announce(draft, form.plan(), data["space"], by=viewer)
    except (TextTooLong, TooFast) as error:
        form.add_error(None, str(error))
        return told(_form(request, form, status=422), error)
    except actions.NotAllowed as error:
        raise Http404 from error
    messages.success(request, _("The town hall is announced."))
    return redirect(hall.url)


@READ_AND_WRITE
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change it, for those who host; whoever announced it changes the words as well."""
    viewer = viewer_of(request)
    hall = hall_or_404(request, pk, "host")
    if request.method != "POST":
        form = HallForm(viewer, initial=_as_it_is(hall), hall=hall)
        return _form(request, form, seen=actions.mark_of(hall))
    seen = request.POST.get("seen")
    form = HallForm(viewer, request.POST, hall=hall)
    if not form.is_valid():
        return _form(request, form, status=422, seen=seen)
    data = form.cleaned_data
    try:
        with writing():
            spend(viewer.pk, "write")
            actions.change(hall, form.plan(), by=viewer, seen=seen)
            if "title" in data:
                words = {"title": data["title"], "text": data["text"]}
                edit_entry(hall.entry, **words, by=viewer, edits=None)
    except (TextTooLong, TooFast) as error:
        form.add_error(None, str(error))
        return told(_form(request, form, status=422, seen=seen), error)
    except actions.Replanned:
        # What was filled in stays in the form; what is stored now stands above it.
        form.add_error(None, _("It was changed meanwhile. Compare, then save again."))
        now = hall_or_404(request, pk, "host")
        return _form(request, form, 422, seen=actions.mark_of(now), other=_in_words(now))
    except actions.Closed:
        form.add_error(None, _("This town hall is over, so it stays as it was."))
        return _form(request, form, status=422)
    except actions.NotAllowed as error:
        raise Http404 from error
    messages.success(request, _("Saved."))
    return redirect(hall.url)


def _as_it_is(hall: TownHall) -> dict[str, Any]:
    words = access.words_of([hall.pk]).get()
    cast = queries.casts_of([hall.pk])[hall.pk]
    local = timezone.localtime(hall.starts_at)
    named = {
        name: ", ".join(f"@{person.handle}" for person in getattr(cast, name))
        for name in ("hosts", "speakers", "moderators")
    }
    kept = ("minutes", "moderation", "asking_before", "player_url")
    return {
        "title": words.title,
        "text": words.source,
        "date": local.strftime("%Y-%m-%d"),
        "time": local.strftime("%H:%M"),
        **named,
        **{name: getattr(hall, name) for name in kept},
    }


def _in_words(hall: TownHall) -> str:
    """The plan as it is stored now, a line for each thing, in the words of the form."""
    now = _as_it_is(hall)
    lines = [
        (_("Day"), now["date"]),
        (_("Begins at"), now["time"]),
        (_("Minutes"), now["minutes"]),
        (_("Hosts"), now["hosts"]),
        (_("On stage"), now["speakers"]),
        (_("Moderators"), now["moderators"]),
        (_("Questions"), hall.get_moderation_display()),
        (_("One can ask before it begins"), "✓" if now["asking_before"] else ""),
        (_("Address of an outside player, if there is one"), now["player_url"]),
    ]
    return "\n".join(f"{label}: {value or '–'}" for label, value in lines)


def _form(
    request: HttpRequest,
    form: HallForm,
    status: int = 200,
    *,
    seen: str | None = None,
    other: str = "",
) -> HttpResponse:
    if form.hall is not None:
        request.space_id = form.hall.space_id  # type: ignore[attr-defined]
    context = {
        "form": form,
        "hall": form.hall,
        "seen": seen,
        "other": other,
        "key": form.data.get("key") or new_key(),
        "places": form.fields["space"].queryset if "space" in form.fields else None,  # type: ignore[attr-defined]
        "moderations": TownHall.Moderation.choices,
    }
    return render(request, "townhalls/form.html", context, status=status)
