"""Reading how somebody wants to be told outside."""

from django.utils import timezone

from hallway.outside.actions.schedule import fresh
from hallway.outside.models import Schedule
from hallway.people.models import Person


def schedule_of(person: Person) -> Schedule:
    """What they chose, or what holds for whoever has chosen nothing."""
    held = Schedule.objects.filter(person=person).first()
    return held or fresh(person.pk, timezone.now())
