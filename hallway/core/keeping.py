"""While a backup copies files, none is erased: what is to go waits for the worker's daily sweep."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.files.storage import default_storage

LOCK = ".kept"


@contextmanager
def keeping_all() -> Iterator[None]:
    """Let no stored file be erased in the block, by whatever process; waits for another backup.

    So a file that a row named at the beginning is there until the end. It holds wherever the
    folder of files is seen; an object store would have to keep versions.
    """
    path = _lock()
    if path is None:
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
    """Say whether files may be erased in the block; meanwhile no backup begins."""
    path = _lock()
    try:
        descriptor = None if path is None else os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        # No backup yet. One that begins now begins after the row is gone, and misses no file.
        descriptor = None
    if descriptor is None:
        yield True
        return
    try:
        yield _shared(descriptor)
    finally:
        os.close(descriptor)


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
    try:
        return Path(default_storage.path(LOCK))
    except NotImplementedError:
        return None
