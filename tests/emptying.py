"""Empties the database after tests that write for good, in a tenth of what Django takes for it.

Django empties every table, whether it has rows or not, and makes content types and permissions
anew, which nobody changes. Most tests leave a hundred rows in ten tables of more than fifty.
"""

from collections.abc import Iterator
from functools import cache
from unittest.mock import patch

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test import TransactionTestCase

KEPT = ("django_content_type", "auth_permission")
CROWD = 1000  # rows from which on PostgreSQL throws a whole table away more quickly


@cache
def tables() -> list[str]:
    """Every table of a model but those that are always the same."""
    names = connection.introspection.django_table_names(only_existing=True, include_views=False)
    return sorted(set(names) - set(KEPT))


def filled() -> dict[str, int]:
    """How many rows each table has that has any, counted up to a crowd."""
    quote = connection.ops.quote_name
    counts = (
        f"SELECT '{name}', (SELECT count(*) FROM (SELECT 1 FROM {quote(name)} LIMIT {CROWD}) few)"
        for name in tables()
    )
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(counts))
        return {name: count for name, count in cursor.fetchall() if count}


def empty() -> None:
    """Delete all rows of all models; what others are just writing is waited for, and goes too."""
    quote = connection.ops.quote_name
    with transaction.atomic(), connection.cursor() as cursor:
        # A transaction on SQLite begins alone; see `transaction_mode` in the settings.
        if connection.vendor == "postgresql":
            names = ", ".join(map(quote, tables()))
            cursor.execute(f"LOCK TABLE {names} IN SHARE ROW EXCLUSIVE MODE")
        rows = filled()
        crowded = connection.vendor == "postgresql" and CROWD in rows.values()
        if not crowded:
            for name in rows:
                cursor.execute(f"DELETE FROM {quote(name)}")
    if crowded:
        call_command("flush", verbosity=0, interactive=False, reset_sequences=False)


@pytest.fixture(scope="session", autouse=True)
def quick_emptying() -> Iterator[None]:
    """Let Django's tests that write for good tidy up with `empty`."""
    with patch.object(TransactionTestCase, "_fixture_teardown", lambda test: empty()):
        yield
