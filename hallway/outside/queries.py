"""Reading how somebody wants to be told outside."""

from django.utils import timezone

from hallway.outside.actions.schedule import fresh
from hallway.outside.models import Device, Schedule
from hallway.people.models import Person

MOST_DEVICES = 50


def devices_of(person: Person) -> list[Device]:
    """The devices that take pushes for them, the latest first; a person has few sessions."""
    rows = Device.objects.filter(person=person).select_related("session")
    return list(rows.order_by("-pk")[:MOST_DEVICES])


def schedule_of(person: Person) -> Schedule:
    """What they chose, or what holds for whoever has chosen nothing."""
    held = Schedule.objects.filter(person=person).first()
    return held or fresh(person.pk, timezone.now())
