"""What hangs on the wall and lies before the speaker: the big screen, its QR code, the tablet."""

from collections.abc import Sequence

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from hallway.core.qr import qr_of
from hallway.people.models import Person
from hallway.townhalls import queries, ranking
from hallway.townhalls.models import Question, TownHall
from hallway.townhalls.views.guarding import hall_or_404, watch_hall

NEXT = 3
"""Questions shown after the one on stage."""


@require_safe
def screen(request: HttpRequest, pk: int) -> HttpResponse:
    """The big screen, for whoever may see the hall: it shows nothing the audience does not."""
    hall = hall_or_404(request, pk)
    watch_hall(request, hall)
    return render(request, "townhalls/screen.html", _context(request, hall) | {"theme": "dark"})


@require_safe
def speaker(request: HttpRequest, pk: int) -> HttpResponse:
    """What a speaker needs: the question, what comes next, and the time."""
    hall = hall_or_404(request, pk, "stage")
    watch_hall(request, hall, desk=True)
    return render(request, "townhalls/speaker.html", _context(request, hall))


@require_safe
def qr(request: HttpRequest, pk: int) -> HttpResponse:
    """The address of the hall as a picture that telephones read."""
    return qr_of(address_of(hall_or_404(request, pk)))


def address_of(hall: TownHall) -> str:
    """The hall's address as one types it into another device."""
    return f"{settings.BASE_URL}{hall.url}"


def _context(request: HttpRequest, hall: TownHall) -> dict[str, object]:
    people: Sequence[Person] = queries.casts_of([hall.pk])[hall.pk].on_stage
    return {
        "hall": hall,
        "title": hall.entry.text.title,
        "people": people,
        "staged": hall.answering,
        "next": coming(hall),
        "present": queries.present_in([hall.pk]).get(hall.pk, 0),
        "address": address_of(hall).partition("://")[2],
        "now": timezone.now(),
    }


def coming(hall: TownHall, limit: int = NEXT) -> list[Question]:
    """The questions that come next by the ranking of the hall's own list."""
    if hall.is_ended:
        return []
    listed, _further = queries.listed(hall)
    found = {each.pk: each for each in listed if each.state == Question.State.OPEN}
    places = ranking.top(found.values(), timezone.now())
    return [found[place.pk] for place in places[:limit]]
