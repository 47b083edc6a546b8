"""What scheduled posts hold of a person: their words and pictures, which nobody else has seen."""

from collections.abc import Iterable

from hallway.people.holdings import Document, Holding, Row
from hallway.people.models import Person
from hallway.scheduled.access import pictures_of, scheduled_of
from hallway.scheduled.actions import erase_scheduled
from hallway.spaces import access as spaces


def _scheduled(person: Person) -> Iterable[Row]:
    known = set(spaces.visible_to(person).values_list("pk", flat=True))
    for row in scheduled_of(person).select_related("space").order_by("due_at", "pk"):
        yield {
            # Of a space one may not know of any more, one's own words are all that is left.
            "space": row.space.name if row.space and row.space_id in known else None,
            "publish_at": row.due_at,
            "not_allowed_at": row.refused_at,
            "title": row.title,
            "markdown": row.text,
        }


def _pictures(person: Person) -> Iterable[Document]:
    for row in pictures_of(person).order_by("pk"):
        largest = max(row.stored, key=int)
        path = f"pictures/scheduled-{row.scheduled_id}-{row.place + 1}.webp"
        yield Document(path, stored=row.stored[largest])


HELD = (
    Holding(
        "scheduled.Scheduled",
        ("person",),
        name="scheduled",
        told=_scheduled,
        documents=_pictures,
        erase=erase_scheduled,
    ),
)
