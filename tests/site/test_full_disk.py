"""A full disk is told as what it is, and what somebody wrote is handed back to them."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import OperationalError, connection, transaction

from hallway.core.fullness import says_full
from tests.world import World


def full(code: int) -> Exception:
    """What Django raises for an error of SQLite's."""
    cause = sqlite3.OperationalError("database or disk is full")
    cause.sqlite_errorcode = code
    error = OperationalError("database or disk is full")
    error.__cause__ = cause
    return error


def posted(state: str) -> Exception:
    """What Django raises for an error of PostgreSQL's."""
    cause = Exception("told by the server")
    cause.sqlstate = state  # type: ignore[attr-defined]
    error = OperationalError("told by the server")
    error.__cause__ = cause
    return error


@pytest.mark.parametrize(
    "error",
    [
        full(sqlite3.SQLITE_FULL),
        full(sqlite3.SQLITE_READONLY_DBMOVED),
        full(sqlite3.SQLITE_IOERR_WRITE),
        posted("53100"),
        posted("25006"),
        OSError(errno.ENOSPC, "No space left on device"),
        OSError(errno.EROFS, "Read-only file system"),
    ],
    ids=repr,
)
def test_what_says_that_nothing_can_be_written(error: Exception) -> None:
    assert says_full(error)


@pytest.mark.parametrize(
    "error",
    [
        full(sqlite3.SQLITE_BUSY),
        full(sqlite3.SQLITE_IOERR_READ),
        posted("40001"),
        FileNotFoundError(errno.ENOENT, "gone"),
        ValueError("x"),
    ],
    ids=repr,
)
def test_what_says_something_else(error: Exception) -> None:
    assert not says_full(error)


@contextmanager
def nothing_can_be_written() -> Iterator[None]:
    """The database refuses every write, as it does on a disk that may only be read."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA query_only=ON")
            yield
            cursor.execute("PRAGMA query_only=OFF")
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION READ ONLY")
        yield
        # Going back to the savepoint before is the only way to write again.
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_words_that_cannot_be_saved_are_handed_back(world: World) -> None:
    browser = world.browser(world.ada)
    browser.raise_request_exception = False
    browser.get("/")
    with nothing_can_be_written():
        response = browser.post("/posts", {"space": "0", "text": "An <hour> of thought"})
    assert response.status_code == 507
    page = response.content.decode()
    assert "no room to save" in page
    assert "An &lt;hour&gt; of thought" in page
    assert "Something broke" not in page
