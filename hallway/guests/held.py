"""What is held of guests: how long they stay, and who answers for them."""

from collections.abc import Iterable

from hallway.core.writing import writing
from hallway.guests.models import Stay
from hallway.people.access import visible_to
from hallway.people.holdings import Holding, Row
from hallway.people.models import Person


def _stay(person: Person) -> Iterable[Row]:
    seen = set(visible_to(person).values_list("pk", flat=True)) if person.is_guest else set()
    for row in Stay.objects.filter(person=person).select_related("host"):
        host = row.host.name if row.host and row.host_id in seen else None
        yield {"until": row.until, "host": host, "ended_at": row.ended_at}


def _erase(person: Person, _words: bool) -> None:
    with writing():
        Stay.objects.filter(person=person).delete()
        Stay.objects.filter(host=person).update(host=None)


HELD = (Holding("guests.Stay", ("person", "host"), name="stay", told=_stay, erase=_erase),)
