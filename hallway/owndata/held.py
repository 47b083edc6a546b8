"""What this app itself holds of a person."""

from django.db import transaction

from hallway.core.storage import erase_stored
from hallway.core.writing import writing
from hallway.owndata.models import Download
from hallway.people.holdings import Holding
from hallway.people.models import Person


def erase_download(person: Person, _words: bool = True) -> None:
    """The file that lies ready, and that it was asked for."""
    with writing():
        for row in Download.objects.filter(person=person):
            if row.stored:
                transaction.on_commit(lambda name=row.stored: erase_stored(name))  # type: ignore[misc]
            row.delete()


HELD = (
    Holding(
        "owndata.Download",
        ("person",),
        untold="it is the download itself",
        erase=erase_download,
    ),
    Holding(
        "owndata.Farewell",
        ("person", "by"),
        untold="who has one cannot sign in",
        stays="it is dropped in the very moment in which all is erased",
    ),
)
