"""The rule for what is scheduled: it is its author's, and nobody else's."""

from django.db.models import Prefetch, QuerySet

from hallway.people.models import Person
from hallway.scheduled.models import Picture, Scheduled


def scheduled_of(viewer: Person | None) -> QuerySet[Scheduled]:
    """What `viewer` has scheduled."""
    if viewer is None or not viewer.is_active:
        return QuerySet(Scheduled).none()
    return QuerySet(Scheduled).filter(person_id=viewer.pk)


def with_pictures(viewer: Person | None) -> QuerySet[Scheduled]:
    """The same with its pictures, the next one first."""
    rows = scheduled_of(viewer).prefetch_related(Prefetch("pictures", pictures_of(viewer)))
    return rows.order_by("due_at", "pk")


def pictures_of(viewer: Person | None) -> QuerySet[Picture]:
    """The pictures of what `viewer` has scheduled."""
    if viewer is None or not viewer.is_active:
        return QuerySet(Picture).none()
    return QuerySet(Picture).filter(scheduled__person_id=viewer.pk)
