"""Copying a SQLite database while others write, and putting a copy in its place."""

import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from django.db import connection

from hallway.backup.manifest import NO_TABLES, BackupRefused, Copied

STEP_PAGES = 2_000  # 8 MB
PAUSE_SECONDS = 0.005  # after each step, for the disk to serve others


def pause() -> None:
    """Let others use the disk."""
    time.sleep(PAUSE_SECONDS)


def save(path: Path, between: Callable[[], None] = pause, pages: int = STEP_PAGES) -> Copied:
    """Copy the database to `path` in steps of `pages`, with a call of `between` after each.

    One read transaction holds the state of the first step for all of them: in WAL mode it keeps
    nobody from writing, and without it every commit would make the copy begin again.
    Raises sqlite3.Error, BackupRefused if the database is damaged.
    """
    if not Path(place()).exists():
        raise BackupRefused(NO_TABLES)
    address = f"{Path(place()).as_uri()}?mode=rw"
    with (
        closing(sqlite3.connect(address, uri=True, isolation_level=None)) as source,
        closing(sqlite3.connect(path, isolation_level=None)) as copy,
    ):
        source.execute("BEGIN")
        source.execute("SELECT count(*) FROM sqlite_master").fetchone()
        source.backup(copy, pages=pages, progress=lambda *_: between())
        source.execute("COMMIT")
        verdict = copy.execute("PRAGMA quick_check(1)").fetchone()[0]
        if verdict != "ok":
            raise BackupRefused(f"The database is damaged ({verdict}). Restore the last backup.")
        return _contents(copy)


def load(path: Path) -> Copied:
    """Make the copy at `path`, which must be on the same disk, the database."""
    with closing(sqlite3.connect(path, isolation_level=None)) as copy:
        found = _contents(copy)
    path.rename(place())
    return found


def place() -> str:
    """Where the database lies."""
    return str(connection.settings_dict["NAME"])


def _contents(copy: sqlite3.Connection) -> Copied:
    tables = copy.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    )
    names = sorted(str(name) for (name,) in tables)
    if "journal_record" not in names:
        raise BackupRefused(NO_TABLES)
    (last,) = copy.execute("SELECT coalesce(max(seq), 0) FROM journal_record").fetchone()
    steps = copy.execute("SELECT app, name FROM django_migrations ORDER BY app, name")
    return Copied(
        position=f"0.{last}",
        migrations=[f"{app}.{name}" for app, name in steps],
        rows={name: copy.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names},
    )
