"""While a backup copies files, none is erased: what is to go waits for the worker's daily sweep.

All processes see the same lock: a file in the folder of files; for files in a bucket a file in the
data folder, which whoever writes to SQLite shares, or an advisory lock of PostgreSQL.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection

LOCK = ".kept"
_NUMBER = 0x68616C6C6B657074  # of the advisory lock, "hallkept"


class KeepingEnded(OSError):
    """The database has forgotten that files are kept: a connection was lost."""


@contextmanager
def keeping_all() -> Iterator[None]:
    """Let no stored file be erased in the block, by whatever process; waits for another backup.

    So a file that a row named at the beginning is there until the end. Raises KeepingEnded at the
    end if that cannot be said.
    """
    path = _lock()
    if path is None:
        with _keeping_by_postgresql():
            yield
        return
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    _belong(path.parent)
    with path.open("w") as lock:
        _belong(path)
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def erasing() -> Iterator[bool]:
    """Say whether files may be erased in the block, to whoever has removed the rows before."""
    path = _lock()
    if path is None:
        yield _erasing_by_postgresql()
        return
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        # No backup yet. One that begins now begins after the row is gone, and misses no file.
        yield True
        return
    try:
        yield _shared(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _keeping_by_postgresql() -> Iterator[None]:
    with connection.cursor() as sql:
        sql.execute("SELECT pg_advisory_lock(%s)", [_NUMBER])
    yield
    with connection.cursor() as sql:
        sql.execute("SELECT pg_advisory_unlock(%s)", [_NUMBER])
        (held,) = sql.fetchone()
    if not held:
        raise KeepingEnded("The connection to the database was lost while files were copied.")


def _erasing_by_postgresql() -> bool:
    """Only ask: a backup that begins afterwards begins after the row is gone."""
    with connection.cursor() as sql:
        sql.execute("SELECT pg_try_advisory_xact_lock_shared(%s)", [_NUMBER])
        return bool(sql.fetchone()[0])


def _belong(path: Path) -> None:
    """Give what root has made, from cron perhaps, to whom Hallway runs as."""
    if os.geteuid() == 0:
        owner = path.parent.stat()
        os.chown(path, owner.st_uid, owner.st_gid)


def _shared(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _lock() -> Path | None:
    """The file that is locked; None if PostgreSQL holds the lock."""
    try:
        return Path(default_storage.path(LOCK))
    except NotImplementedError:
        data: Path = settings.CONFIG.data
        return data / LOCK if connection.vendor == "sqlite" else None
