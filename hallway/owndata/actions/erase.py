"""Erase what is held of a person; what is left is a former member, a number."""

import logging

from django.core.cache import caches
from django.db import connection
from django.utils import timezone

from hallway.core import erasures
from hallway.core.writing import writing
from hallway.journal.verbs import Verb
from hallway.journal.writer import record
from hallway.owndata.models import Farewell
from hallway.people.former import make_former
from hallway.people.holdings import holdings
from hallway.people.models import Person

log = logging.getLogger(__name__)


def erase_what_is_due() -> int:
    """Erase everybody whose week is over; returns how many. Asked again and again by the worker."""
    due = Farewell.objects.filter(due_at__lte=timezone.now(), person__is_active=False)
    rows = list(due.select_related("person").order_by("due_at"))
    for farewell in rows:
        erase(farewell.person, farewell.words)
    return len(rows)


def erase(person: Person, words: bool) -> None:
    """Erase `person`, and with `words` what they published.

    The ledger comes first: whatever is cut off after it, here or by a restore, is done again. Then
    each table by itself, so that nobody waits for long, at last the row of the person.
    """
    erasures.note(person.pk, person.joined_at, words)
    for each in holdings():
        if each.erase:
            each.erase(person, words)
    with writing():
        Farewell.objects.filter(person=person).delete()
        make_former(person)
        record(Verb.PERSON_ERASED, person=person.pk)
    forget_what_was_read()
    log.info("a person was erased")


def erase_again() -> int:
    """After a restore: erase everybody whom the ledger names and the backup has; returns how many.

    On SQLite the file is written anew then, since an old backup may hold what was in it before.
    """
    found = 0
    for line in list(erasures.erasures()):
        person = Person.objects.filter(pk=line.person, erased_at__isnull=True).first()
        if person is not None and line.means(person.pk, person.joined_at):
            erase(person, line.words)
            found += 1
    if found and connection.vendor == "sqlite":
        with connection.cursor() as sql:
            sql.execute("VACUUM")
        forget_what_was_read()
    return found


def forget_what_was_read() -> None:
    """Empty the caches of this process, and the log in front of the SQLite database."""
    for name in ("cards", "acquaintances"):
        caches[name].clear()
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return
    # What was overwritten in the file may still stand in the log; nobody is waited for, and the
    # next checkpoint does what this one could not.
    with connection.cursor() as sql:
        sql.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        sql.fetchall()
