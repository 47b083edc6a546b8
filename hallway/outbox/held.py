"""What the outbox holds of a person: what is still to be sent to them."""

from collections.abc import Iterable

from hallway.core.writing import writing
from hallway.outbox.models import Outgoing
from hallway.people.holdings import Holding, Row
from hallway.people.models import Person


def _waiting(person: Person) -> Iterable[Row]:
    for row in Outgoing.objects.filter(person=person).order_by("pk"):
        yield {"kind": row.kind, "since": row.posted_at, "due_at": row.due_at}


def _erase(person: Person, _words: bool) -> None:
    with writing():
        Outgoing.objects.filter(person=person).delete()


HELD = (Holding("outbox.Outgoing", ("person",), name="mails", told=_waiting, erase=_erase),)
