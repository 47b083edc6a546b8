"""Loading for the pages of those who direct: what one may not see or do is not found."""

from django.http import Http404, HttpRequest

from hallway.core.http import viewer_of, watch
from hallway.townhalls import access
from hallway.townhalls.models import Question, TownHall
from hallway.townhalls.models.question import VISIBLE
from hallway.townhalls.views import loading


def hall_or_404(request: HttpRequest, pk: int, verb: str = "see") -> TownHall:
    """The hall as `loading` finds it, whose space is then the place of the page."""
    hall = loading.hall_or_404(request, pk, verb)
    request.space_id = hall.space_id  # type: ignore[attr-defined]
    return hall


def question_or_404(request: HttpRequest, pk: int) -> Question:
    """A question for those who moderate its hall, in whatever state; 404 for everybody else."""
    viewer = viewer_of(request)
    found = access.visible_to(viewer).filter(questions__pk=pk).select_related("entry__text").first()
    if found is None:
        raise Http404
    question = (
        access.desk_questions(viewer, found, withdrawn=True)
        .select_related("author", "into", "owner")
        .filter(pk=pk)
        .first()
    )
    if question is None:
        raise Http404
    question.hall = found
    request.space_id = found.space_id  # type: ignore[attr-defined]
    return question


def followed_or_404(request: HttpRequest, pk: int) -> Question:
    """A question that everybody of its audience sees; 404 for who is not of it."""
    rows = access.questions_to(viewer_of(request)).filter(pk=pk, state__in=VISIBLE)
    question = rows.select_related(
        "author", "owner", "hall__entry__text", "hall__entry__author", "hall__space"
    ).first()
    if question is None:
        raise Http404
    request.space_id = question.hall.space_id  # type: ignore[attr-defined]
    return question


def watch_hall(request: HttpRequest, hall: TownHall, *, desk: bool = False) -> None:
    """Let the page's screen hear of this hall; with `desk` also of what only its staff sees."""
    watch(request, f"hall:{hall.pk}", f"space:{hall.space_id}")
    if desk:
        watch(request, f"desk:{hall.pk}")


def version_of(request: HttpRequest, name: str = "seen") -> int:
    """The version of the question that was on the moderator's screen (`seen`); 404 without one."""
    seen = request.POST.get(name, "")
    if not (seen.isascii() and seen.isdigit() and len(seen) < 10):
        raise Http404
    return int(seen)
