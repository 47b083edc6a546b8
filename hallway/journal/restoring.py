"""The journal after a backup was put back, perhaps into another server that counts anew."""

from bisect import bisect_right

from django.db import connection

from hallway.core.writing import writing
from hallway.journal.models import Cursor, Record
from hallway.journal.reader import begin_new_incarnation

LAST_OF_ALL = 2**63 - 1


def begin_anew() -> str:
    """Begin a new incarnation, in front of whatever this server will write; returns its name.

    PostgreSQL numbers transactions for each server. The rows keep their order under numbers
    below zero, so they can all be read at once and come before every row to be written, and
    each reader keeps its place among them. On SQLite the sequence is part of the file.
    """
    with writing():
        if connection.vendor == "postgresql":
            _go_below_zero()
        return begin_new_incarnation()


def _go_below_zero() -> None:
    numbers = list(Record.objects.order_by("xid").values_list("xid", flat=True).distinct())
    for cursor in Cursor.objects.select_for_update():
        passed = bisect_right(numbers, cursor.xid)
        if not passed or numbers[passed - 1] != cursor.xid:
            # Between two transactions: all of the one before it is read.
            cursor.seq = LAST_OF_ALL
        cursor.xid = passed - len(numbers) - 1
        cursor.save()
    with connection.cursor() as sql:
        sql.execute(
            "UPDATE journal_record SET xid = renumbered.place - %s - 1 FROM"
            " (SELECT xid, row_number() OVER (ORDER BY xid) AS place"
            "  FROM (SELECT DISTINCT xid FROM journal_record) AS each) AS renumbered"
            " WHERE journal_record.xid = renumbered.xid",
            [len(numbers)],
        )
