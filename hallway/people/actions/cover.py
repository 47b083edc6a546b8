"""A person changes the wide picture at the top of their profile."""

from contextlib import suppress

from django.db import DatabaseError

from hallway.core.images import Picture
from hallway.core.writing import writing
from hallway.journal.verbs import Verb
from hallway.journal.writer import record
from hallway.people.models import Cover, Person
from hallway.people.photos import erase_after_commit, erase_unshown, store_cover


def change_cover(person: Person, picture: Picture, *, by: Person) -> None:
    """Show `picture` (made by `core.images.accept` in the sizes of COVER) from now on."""
    row = store_cover(picture)
    row.person = person
    try:
        with writing():
            drop_cover(person)
            row.save(force_insert=True)
            record(Verb.PERSON_CHANGED, actor=by.pk, person=person.pk)
    except DatabaseError:
        # Perhaps it was committed all the same; what was not is found by the daily sweep.
        raise
    except Exception:
        with suppress(OSError, DatabaseError):
            erase_unshown(row)
        raise


def remove_cover(person: Person, *, by: Person) -> None:
    """Show the plain band in the person's colour again."""
    with writing():
        if drop_cover(person):
            record(Verb.PERSON_CHANGED, actor=by.pk, person=person.pk)


def drop_cover(person: Person) -> bool:
    """Take away row and files, inside `writing()`; returns whether there were any."""
    rows = list(Cover.objects.filter(person=person))
    for row in rows:
        erase_after_commit(row)
        row.delete()
    return bool(rows)
