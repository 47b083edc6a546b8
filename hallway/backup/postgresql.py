"""Copying a PostgreSQL database with its own programs, `pg_dump` and `pg_restore`."""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import cast

from django.conf import settings
from django.db import connection, transaction
from psycopg.conninfo import make_conninfo

from hallway.backup.manifest import NO_TABLES, BackupRefused, Copied


def nothing() -> None:
    """Between the counting and the copying nothing needs doing."""


def save(path: Path, between: Callable[[], None] = nothing) -> Copied:
    """Dump the database to `path`; what is counted and what is dumped is the same snapshot.

    A transaction that only reads has no number, so the readers of the journal do not wait for it.
    Raises BackupRefused, with the words of pg_dump if it has failed.
    """
    program = _program("pg_dump")
    with transaction.atomic(), connection.cursor() as sql:
        sql.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        sql.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
        sql.execute("SELECT pg_export_snapshot()")
        (snapshot,) = sql.fetchone()
        found = _contents()
        between()
        wanted = ["--format=custom", f"--snapshot={snapshot}", f"--file={path}"]
        _run(program, *wanted, "--no-owner", "--no-privileges")
    return found


def require_empty() -> None:
    """Raise BackupRefused unless `load` can begin: the database has no tables."""
    _program("pg_restore")
    if connection.introspection.table_names():
        raise BackupRefused(
            "The database is not empty. Nothing was changed. Restore into a new, empty database."
        )


def load(path: Path) -> Copied:
    """Fill the empty database from the dump at `path`, all of it or nothing."""
    wanted = ["--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error"]
    _run(_program("pg_restore"), *wanted, str(path))
    # Plans for a million rows want statistics, which a dump does not have.
    with connection.cursor() as sql:
        sql.execute("ANALYZE")
    return _contents()


def _contents() -> Copied:
    names = sorted(connection.introspection.table_names())
    if "journal_record" not in names:
        raise BackupRefused(NO_TABLES)
    rows = {}
    with connection.cursor() as sql:
        for name in names:
            sql.execute(f"SELECT count(*) FROM {connection.ops.quote_name(name)}")
            rows[name] = sql.fetchone()[0]
        sql.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text")
        (oldest,) = sql.fetchone()
        sql.execute("SELECT app, name FROM django_migrations ORDER BY app, name")
        steps = [f"{app}.{name}" for app, name in sql.fetchall()]
    return Copied(position=f"{oldest}.0", migrations=sorted(steps), rows=rows)


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise BackupRefused(
            f"There is no {name} here. Install the client programs of PostgreSQL, of the"
            " server's version or a newer one (on Debian: postgresql-client)."
        )
    return found


def _run(program: str, *arguments: str) -> None:
    database = connection.settings_dict
    address = make_conninfo(
        # Not Django's own: they end a transaction that waits for a slow disk.
        **cast("dict[str, str]", settings.CONFIG.database["OPTIONS"]),
        **{
            key: database[name]
            for key, name in (
                ("dbname", "NAME"),
                ("user", "USER"),
                ("host", "HOST"),
                ("port", "PORT"),
            )
            if database[name]
        },
    )
    # The password is no argument, which everybody on the machine could read.
    environment = os.environ | (
        {"PGPASSWORD": database["PASSWORD"]} if database["PASSWORD"] else {}
    )
    done = subprocess.run(
        [program, f"--dbname={address}", "--no-password", *arguments],
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        said = " ".join(done.stderr.split())[:600] or f"it ended with {done.returncode}"
        raise BackupRefused(f"{Path(program).name} failed: {said}")
