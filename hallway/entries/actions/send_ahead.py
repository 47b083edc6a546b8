"""Keep a picture that was sent ahead until the entry it is for is published, or nobody wants it."""

from datetime import timedelta

from django.utils import timezone

from hallway.core.guarding import as_system
from hallway.core.writing import writing
from hallway.entries.actions.images import NewImage
from hallway.entries.models import Upload
from hallway.people.models import Person

MOST_KEPT = 40
"""Pictures sent ahead by one person; the oldest beyond that are given up."""

KEPT = timedelta(days=7)
"""So long a draft finds its pictures again."""


def send_ahead(image: NewImage, *, by: Person) -> Upload:
    """Keep `image` for an entry `by` is writing; only they see it.

    Nothing is told to anybody, so nothing stands in the journal. Files of rows that go are found
    by the daily sweep.
    """
    with writing(), as_system("their own pictures"):
        own = Upload.objects.filter(person=by)
        row = Upload.objects.create(
            person=by,
            stored={str(width): name for width, name in image.stored.items()},
            width=image.width,
            height=image.height,
        )
        newest = own.order_by("-pk").values_list("pk", flat=True)
        own.exclude(pk__in=list(newest[:MOST_KEPT])).delete()
    return row


def give_up_old() -> None:
    """Forget pictures that nobody has come back for; a daily chore."""
    with writing(), as_system("their age, not what they show"):
        Upload.objects.filter(at__lt=timezone.now() - KEPT).delete()
