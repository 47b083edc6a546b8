"""What people do about their own place in a space: join, ask, withdraw, accept, decline, leave."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_http_methods, require_POST

from hallway.core.http import viewer_of
from hallway.core.limits import TooFast, spend, told
from hallway.spaces import access, actions
from hallway.spaces.forms import AskForm
from hallway.spaces.views.loading import done, page_of, standing_or_404

# A page may be older than what it shows: the space was closed, or one was let in meanwhile.
NOT_POSSIBLE = gettext_noop("That is not possible, or no longer: see what the space offers now.")


@require_POST
def join(request: HttpRequest, slug: str) -> HttpResponse:
    """Join an open space, or accept an invitation."""
    standing = standing_or_404(request, slug)
    deed = partial(actions.join, standing.space, by=viewer_of(request))
    said = _("You belong to %(space)s now.") % {"space": standing.space.name}
    return done(request, standing, deed, said, refused=_(NOT_POSSIBLE))


@require_POST
def ask(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask the managers of a closed space to be let in, with a few words if one likes."""
    standing = standing_or_404(request, slug)
    if standing.waits and not standing.asked:
        return page_of(request, "spaces/space.html", standing, status=422, here="stream")
    form = AskForm(request.POST)
    kept: dict[str, Any] = {"message": request.POST.get("message", ""), "here": "stream"}
    if not form.is_valid():
        errors = [str(line) for lines in form.errors.values() for line in lines]
        return page_of(request, "spaces/space.html", standing, status=422, errors=errors, **kept)
    try:
        spend(viewer_of(request).pk, "write")
    except TooFast as error:
        errors = [str(error)]
        return told(page_of(request, "spaces/space.html", standing, errors=errors, **kept), error)

    def deed() -> bool:
        message = form.cleaned_data["message"]
        actions.ask(standing.space, message, by=viewer_of(request))
        return True

    said = _("The managers of %(space)s have been asked.") % {"space": standing.space.name}
    return done(request, standing, deed, said, refused=_(NOT_POSSIBLE))


@require_POST
def withdraw(request: HttpRequest, slug: str) -> HttpResponse:
    """Take back one's own request."""
    standing = standing_or_404(request, slug)
    deed = partial(actions.withdraw, standing.space, by=viewer_of(request))
    return done(request, standing, deed, _("You no longer ask to join."))


@require_POST
def decline(request: HttpRequest, slug: str) -> HttpResponse:
    """Decline an invitation."""
    standing = standing_or_404(request, slug)
    deed = partial(actions.decline_invitation, standing.space, by=viewer_of(request))
    return done(request, standing, deed, _("You declined the invitation."))


@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, slug: str) -> HttpResponse:
    """Ask whether one means it, then leave."""
    standing = standing_or_404(request, slug, "leave")
    space = standing.space
    if request.method != "POST":
        last = actions.is_last_manager(space, viewer_of(request))
        return page_of(request, "spaces/leave.html", standing, last=last)
    try:
        actions.leave(space, by=viewer_of(request))
    except actions.LastManager:
        return page_of(request, "spaces/leave.html", standing, status=422, last=True)
    messages.success(request, _("You left %(space)s.") % {"space": space.name})
    if access.visible_to(viewer_of(request)).filter(pk=space.pk).exists():
        return redirect(space.url)
    return redirect("spaces:find")
