"""Keeping bytes under random names, on disk for good before any row may point at them."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import IO, BinaryIO

from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage, default_storage

from hallway.core.keeping import erasing

_SUFFIX = re.compile(r"(?:\.[a-z0-9]{1,8})?")
_NAME = re.compile(r"[0-9a-f]{2}/[0-9a-f]{2}/[0-9a-f]{32}(?:\.[a-z0-9]{1,8})?")


def store(data: bytes | BinaryIO, suffix: str = "") -> str:
    """Write `data` under a new random name with `suffix` (like ".webp"), and return the name.

    Names lie two folders deep ("ab/cd/abcd….webp") and are never written again. On the local file
    system the bytes and every folder above them are on the disk when this returns, so that
    a row written afterwards cannot outlive its file. Raises ValueError for any other suffix.
    """
    if not _SUFFIX.fullmatch(suffix):
        raise ValueError(f"Not a suffix: {suffix!r}")
    random = secrets.token_hex(16)
    wanted = f"{random[:2]}/{random[2:4]}/{random}{suffix}"
    content = ContentFile(data) if isinstance(data, bytes) else File(data)
    name = default_storage.save(wanted, content)
    _settle(default_storage, name)
    return name


def open_stored(name: str) -> IO[bytes]:
    """Open for reading what `store` named so. Raises ValueError, FileNotFoundError."""
    return default_storage.open(_checked(name), "rb")


def erase_stored(name: str) -> bool:
    """Remove what `store` named so; nothing happens if it is gone. Raises ValueError.

    Returns False while a backup keeps everything: the daily sweep erases it then.
    """
    checked = _checked(name)
    with erasing() as may_erase:
        if may_erase:
            default_storage.delete(checked)
    return may_erase


def put_back(name: str, data: BinaryIO) -> None:
    """Store, from a backup, what `store` named so then. Raises ValueError, FileExistsError."""
    if default_storage.save(_checked(name), File(data)) != name:
        raise FileExistsError(f"There is a file {name} already.")


def is_stored_name(name: str) -> bool:
    """Whether `store` gives such names; nothing else is ever read or written."""
    return bool(_NAME.fullmatch(name))


def stored() -> Iterator[tuple[str, int]]:
    """Yield the name and the size in bytes of everything stored, in the order of names."""
    for top in _listed("", folders=True):
        for below in _listed(top, folders=True):
            for name in _listed(f"{top}/{below}", folders=False):
                if is_stored_name(name):
                    yield name, default_storage.size(name)


def stored_before(moment: datetime) -> Iterator[list[str]]:
    """Yield what was stored before `moment`, the names of one top folder at a time.

    Files that `store` would not have named so are passed over, and so is what vanishes meanwhile.
    """
    for top in _listed("", folders=True):
        yield [
            name
            for below in _listed(top, folders=True)
            for name in _listed(f"{top}/{below}", folders=False)
            if _NAME.fullmatch(name) and _is_older(name, moment)
        ]


def _listed(folder: str, *, folders: bool) -> list[str]:
    try:
        below, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return []
    return sorted(below) if folders else [f"{folder}/{name}" for name in sorted(files)]


def _is_older(name: str, moment: datetime) -> bool:
    try:
        return default_storage.get_modified_time(name) < moment
    except FileNotFoundError:
        return False


def _checked(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise ValueError(f"Not the name of a stored file: {name!r}")
    return name


def _settle(storage: Storage, name: str) -> None:
    try:
        path = Path(storage.path(name))
        root = Path(storage.path(""))
    except NotImplementedError:
        return  # not on a local file system: an object store answers only when it has the bytes
    _sync(path, os.O_RDONLY)
    for folder in path.parents:
        _sync(folder, os.O_RDONLY | os.O_DIRECTORY)
        if folder == root:
            break


def _sync(path: Path, flags: int) -> None:
    descriptor = os.open(path, flags)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
