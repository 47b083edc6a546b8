"""The one place where write transactions open; on SQLite behind a fair gate."""

import fcntl
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

_gates = threading.local()
_question: ContextVar[Callable[[], None] | None] = ContextVar("asked_first", default=None)


class AccessEnded(PermissionDenied):
    """Whoever does this deed has lost their access since they began it; nothing is written."""


@contextmanager
def writing() -> Iterator[None]:
    """Run the block as one durable transaction; nested calls join the outer one as a savepoint.

    On SQLite writers queue at a file lock first: the kernel serves them in the order they came,
    where SQLite's own busy handler sleeps and retries and lets one of eight wait for seconds.
    Keep the block under 50 ms: no files, no network, no rendering that can be done before.

    Raises AccessEnded, before anything is written, if `asking_first` has it asked and so answered.
    """
    connection = transaction.get_connection()
    if connection.in_atomic_block or connection.vendor != "sqlite" or _in_memory(connection):
        with transaction.atomic(), _asked():
            yield
        return
    with _gate(connection), transaction.atomic(), _asked():
        yield


@contextmanager
def asking_first(question: Callable[[], None]) -> Iterator[None]:
    """Begin every write transaction of the block with `question`, which raises to prevent it."""
    token = _question.set(question)
    try:
        yield
    finally:
        _question.reset(token)


@contextmanager
def _asked() -> Iterator[None]:
    question = _question.get()
    # Once for a transaction: what is nested belongs to the deed that was asked about.
    token = _question.set(None)
    try:
        if question is not None:
            question()
        yield
    finally:
        _question.reset(token)


def _in_memory(connection: BaseDatabaseWrapper) -> bool:
    return "memory" in str(connection.settings_dict["NAME"]).rpartition("/")[2]


@contextmanager
def _gate(connection: BaseDatabaseWrapper) -> Iterator[None]:
    path = f"{connection.settings_dict['NAME']}.gate"
    # One open file per thread and process: locks of one descriptor would not exclude each other.
    held: dict[tuple[int, str], int] = _gates.__dict__.setdefault("held", {})
    descriptor = held.get((os.getpid(), path))
    if descriptor is None:
        descriptor = os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        held[os.getpid(), path] = descriptor
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    try:
        yield
    finally:
        fcntl.flock(descriptor, fcntl.LOCK_UN)
