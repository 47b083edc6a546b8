"""What all tables hold, to see that nothing has been changed."""

import hashlib

from django.apps import apps
from django.db import connection

COLUMNS_OF_READING = {"accounts_session": {"used_at"}}
"""Moved by reading on purpose, at most once a day."""

COUNTERS = {"core_allowance"}
"""How fast somebody may go on: a deed that was refused is counted like one that was done."""


def contents() -> dict[str, str]:
    """A hash of each table of the installation; cache and counters, no data, are left out."""
    hashes = {}
    for model in apps.get_models(include_auto_created=True):
        table = model._meta.db_table
        if table in COUNTERS:
            continue
        left_out = COLUMNS_OF_READING.get(table, set())
        columns = [
            field.column
            for field in model._meta.concrete_fields
            if field.column is not None and field.column not in left_out
        ]
        quoted = ", ".join(connection.ops.quote_name(column) for column in columns)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {quoted} FROM {connection.ops.quote_name(table)}")
            rows = sorted(repr(row) for row in cursor.fetchall())
        hashes[table] = hashlib.sha256("\n".join(rows).encode()).hexdigest()
    assert "entries_entry" in hashes
    return hashes
