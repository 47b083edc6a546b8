"""What streams hold of a person: how far they have read."""

from collections.abc import Iterable

from hallway.core.writing import writing
from hallway.people.holdings import Holding, Row
from hallway.people.models import Person
from hallway.spaces.access import visible_to
from hallway.stream.models import Seen


def _seen(person: Person) -> Iterable[Row]:
    rows = Seen.objects.filter(person=person, space__in=visible_to(person))
    for row in rows.select_related("space").order_by("pk"):
        yield {"space": row.space.name, "read_up_to": row.upto}


def _erase(person: Person, _words: bool) -> None:
    with writing():
        Seen.objects.filter(person=person).delete()


HELD = (Holding("stream.Seen", ("person",), name="read", told=_seen, erase=_erase),)
