"""Writing the journal: one row in the transaction of the deed itself."""

from collections.abc import Iterable
from typing import Any

from django.db import connection

from hallway.journal.models import Record

CHANNEL = "hallway_journal"


class NoTransaction(RuntimeError):
    """A deed was recorded outside a write transaction; always a programming error."""


def record(
    verb: str,
    *,
    actor: int | None = None,
    space: int | None = None,
    entry: int | None = None,
    person: int | None = None,
    session: str = "",
    **detail: Any,
) -> int:
    """Append one deed, in the transaction that changes the data, and return its `seq`.

    Takes ids only: the journal holds references, not text. `detail` is for small values that
    say which kind of deed it was (see `verbs.Verb`). On PostgreSQL the waiting readers get a
    hint at commit; on SQLite they watch the database file themselves.

    Raises NoTransaction outside `core.writing.writing`.
    """
    if not connection.in_atomic_block:
        raise NoTransaction(f"{verb} must be recorded inside writing()")
    row = Record.objects.create(
        verb=str(verb),
        actor_id=actor,
        space_id=space,
        entry_id=entry,
        person_id=person,
        session=session,
        detail=detail,
    )
    hint()
    return row.seq


def record_each(verb: str, people: Iterable[int]) -> None:
    """Append the same deed once for each of `people` (ids), in one statement; else as `record`."""
    if not connection.in_atomic_block:
        raise NoTransaction(f"{verb} must be recorded inside writing()")
    rows = [Record(verb=str(verb), person_id=person) for person in people]
    if rows:
        Record.objects.bulk_create(rows)
        hint()


def hint() -> None:
    """Wake the waiting readers when this transaction commits; on SQLite they need no hint."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, '')", [CHANNEL])
