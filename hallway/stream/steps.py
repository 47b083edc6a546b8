"""The pages that lead a newcomer in, one step each, and the hints that go away for good."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hallway.core.http import next_url, viewer_of
from hallway.people.actions import learn
from hallway.people.forms import IntroductionForm
from hallway.people.models import Person
from hallway.people.models.person import FIRST_STEPS, TIPS
from hallway.spaces.suggesting import suggested
from hallway.stream.acquaintances import to_meet
from hallway.stream.welcome import number_of

SHOWN = 6


@require_safe
def begin(request: HttpRequest) -> HttpResponse:
    """On to the first step that is left; home after the last."""
    left = viewer_of(request).steps_left
    return redirect(f"stream:{left[0]}" if left else "stream:home")


@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, name: str) -> HttpResponse:
    """Show a step, or go on from it: with what was entered, or without by the button `skip`."""
    viewer = viewer_of(request)
    if viewer.is_guest:
        raise Http404
    if request.method != "POST":
        return _show(request, name, _offered(viewer, name))
    if name == "about" and "skip" not in request.POST:
        form = IntroductionForm(viewer, request.POST, request.FILES)
        if not form.is_valid():
            return _show(request, name, {"form": form}, status=422)
        form.apply()
    learn([name], by=viewer)
    if not viewer.steps_left:
        messages.success(request, _("That was all. Welcome."))
    return redirect("stream:welcome")


@require_POST
def settled(request: HttpRequest) -> HttpResponse:
    """The viewer needs no first steps any more."""
    learn(FIRST_STEPS, by=viewer_of(request))
    return redirect("stream:home")


@require_POST
def understood(request: HttpRequest, name: str) -> HttpResponse:
    """The viewer has read a hint."""
    if name not in TIPS:
        raise Http404
    learn([f"tip-{name}"], by=viewer_of(request))
    return redirect(next_url(request, reverse("stream:home")))


def _offered(viewer: Person, name: str) -> dict[str, Any]:
    if name == "about":
        return {"form": IntroductionForm(viewer)}
    if name == "spaces":
        return {"spaces": suggested(viewer, SHOWN)}
    known, newcomers = to_meet(viewer, SHOWN)
    return {"acquaintances": known, "newcomers": newcomers}


def _show(
    request: HttpRequest, name: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    context |= {"step": name, "number": number_of(name), "count": len(FIRST_STEPS)}
    return render(request, "stream/step.html", context, status=status)
