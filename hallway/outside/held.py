"""What is held of when and how often somebody is told outside."""

from collections.abc import Iterable

from hallway.core.writing import writing
from hallway.outside.models import Schedule
from hallway.people.holdings import Holding, Row
from hallway.people.models import Person

OWN_COLUMNS = (
    *("rhythm", "hour", "weekday", "zone", "quiet_from", "quiet_until", "quiet_days", "next_at"),
)


def _schedule(person: Person) -> Iterable[Row]:
    for row in Schedule.objects.filter(person=person):
        yield {name: getattr(row, name) for name in OWN_COLUMNS}


def _erase(person: Person, _words: bool) -> None:
    with writing():
        Schedule.objects.filter(person=person).delete()


HELD = (
    Holding("outside.Schedule", ("person",), name="digest", told=_schedule, erase=_erase),
    Holding(
        "outside.Device",
        ("person",),
        untold="it is a key; the browsers are those of the sessions",
        stays="it goes with the session it belongs to",
    ),
)
