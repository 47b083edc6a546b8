"""Keeping bytes under random names, there for good before any row may point at them.

The one door to files, wherever they are: in a folder (`folder.py`) or in a bucket (`bucket.py`).
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from datetime import datetime
from typing import IO, BinaryIO, cast

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage

from hallway.core.keeping import erasing
from hallway.core.kept import Listing

_SUFFIX = re.compile(r"(?:\.[a-z0-9]{1,8})?")
_NAME = re.compile(r"[0-9a-f]{2}/[0-9a-f]{2}/[0-9a-f]{32}(?:\.[a-z0-9]{1,8})?")


def store(data: bytes | BinaryIO, suffix: str = "") -> str:
    """Write `data` under a new random name with `suffix` (like ".webp"), and return the name.

    Names lie two folders deep ("ab/cd/abcd….webp") and are never written again. The bytes are
    there for good when this returns, so that a row written afterwards cannot outlive its file.
    Raises ValueError for any other suffix, OSError.
    """
    if not _SUFFIX.fullmatch(suffix):
        raise ValueError(f"Not a suffix: {suffix!r}")
    random = secrets.token_hex(16)
    wanted = f"{random[:2]}/{random[2:4]}/{random}{suffix}"
    content = ContentFile(data) if isinstance(data, bytes) else File(data)
    return default_storage.save(wanted, content)


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
    if default_storage.exists(_checked(name)) or default_storage.save(name, File(data)) != name:
        raise FileExistsError(f"There is a file {name} already.")


def is_stored_name(name: str) -> bool:
    """Whether `store` gives such names; nothing else is ever read or written."""
    return bool(_NAME.fullmatch(name))


def stored() -> Iterator[tuple[str, int]]:
    """Yield the name and the size in bytes of everything stored, in the order of names."""
    for folder in _listing().folders():
        for each in folder:
            if is_stored_name(each.name):
                yield each.name, each.size


def stored_before(moment: datetime) -> Iterator[list[str]]:
    """Yield what was stored before `moment`, the names of one top folder at a time.

    Files that `store` would not have named so are passed over, and so is what vanishes meanwhile.
    """
    for folder in _listing().folders():
        yield [each.name for each in folder if is_stored_name(each.name) and each.modified < moment]


def _listing() -> Listing:
    return cast("Listing", default_storage)


def _checked(name: str) -> str:
    if not _NAME.fullmatch(name):
        raise ValueError(f"Not the name of a stored file: {name!r}")
    return name
