"""Follow or mute a conversation with one click in a menu."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hallway.core.http import next_url, viewer_of
from hallway.entries import access
from hallway.notifications import threads
from hallway.notifications.models import ThreadChoice
from hallway.spaces.actions import NotAllowed

_CHOSEN: dict[str, Callable[[], str]] = {
    "followed": lambda: _("You hear of every comment in this conversation."),
    "muted": lambda: _("You hear of this conversation only when somebody mentions you."),
    "": lambda: _("You hear the usual of this conversation again."),
}


@require_POST
def thread(request: HttpRequest, pk: int) -> HttpResponse:
    """Follow or mute the conversation under an entry, or hear the usual of it again."""
    viewer = viewer_of(request)
    entry = get_object_or_404(access.visible_to(viewer), pk=pk, root__isnull=True)
    choice = request.POST.get("choice", "")
    if choice not in ("", *ThreadChoice.Choice.values):
        raise Http404
    try:
        threads.choose(entry, choice, by=viewer)
    except NotAllowed as error:
        raise Http404 from error
    messages.success(request, _CHOSEN[choice]())
    return redirect(next_url(request, entry.url))
