"""Loading for views: a hall the viewer must not see is not found, like a wrong address."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from hallway.core.http import next_url, viewer_of
from hallway.townhalls import access
from hallway.townhalls.models import Poll, Question, TownHall
from hallway.townhalls.models.question import OWN


def hall_or_404(request: HttpRequest, pk: int, verb: str = "see") -> TownHall:
    """The hall `pk` with its words and space; 404 unless the viewer may do `verb` in it."""
    viewer = viewer_of(request)
    rows = access.visible_to(viewer).select_related(
        "entry__text", "entry__author", "space__owner", "answering__author"
    )
    hall = get_object_or_404(rows, pk=pk)
    if verb != "see" and not access.may(viewer, verb, hall):
        raise Http404
    return hall


def question_or_404(request: HttpRequest, pk: int) -> Question:
    """A question the viewer sees in its list, or their own; with its hall."""
    rows = access.questions_to(viewer_of(request)).select_related("hall__entry")
    return get_object_or_404(rows, pk=pk)


def own_question_or_404(request: HttpRequest, pk: int) -> Question:
    """A question the viewer asked with their name and has not withdrawn, with its hall."""
    rows = access.questions_to(viewer_of(request)).select_related("hall__entry")
    return get_object_or_404(rows.filter(author=viewer_of(request), state__in=OWN), pk=pk)


def poll_or_404(request: HttpRequest, pk: int) -> Poll:
    """A poll the viewer's audience sees, with its hall."""
    rows = access.polls_to(viewer_of(request)).select_related("hall__entry")
    return get_object_or_404(rows, pk=pk)


def by_script(request: HttpRequest) -> bool:
    """Whether an element of the page sent this and shows the result by itself."""
    return request.headers.get("Accept", "").startswith("text/vnd.turbo-stream.html")


def back(request: HttpRequest, hall: TownHall) -> HttpResponse:
    """Nothing more to say to a script; everybody else goes where they came from."""
    if by_script(request):
        return HttpResponse(status=204)
    return redirect(next_url(request, hall.url))
