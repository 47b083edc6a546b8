"""Files in a folder of this machine, on the disk for good before any row may point at them."""

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from django.core.files.storage import FileSystemStorage

from hallway.core.kept import Kept


class Folder(FileSystemStorage):
    """Django's storage in a folder, which also waits for the disk."""

    def save(self, name: str | None, content: IO[Any], max_length: int | None = None) -> str:
        """Write; the bytes and every folder above them are on the disk when this returns."""
        saved = super().save(name, content, max_length)
        path, root = Path(self.path(saved)), Path(self.path(""))
        _sync(path, os.O_RDONLY)
        for folder in path.parents:
            _sync(folder, os.O_RDONLY | os.O_DIRECTORY)
            if folder == root:
                break
        return saved

    def folders(self) -> Iterator[list[Kept]]:
        """Yield what is there, one top folder at a time; what vanishes meanwhile is passed over."""
        root = Path(self.path(""))
        for top in _folders_in(root):
            yield [
                kept
                for folder in _folders_in(top)
                for path in sorted(folder.iterdir())
                if (kept := _kept(path, root))
            ]


def _folders_in(folder: Path) -> list[Path]:
    try:
        return sorted(each for each in folder.iterdir() if each.is_dir())
    except FileNotFoundError:
        return []


def _kept(path: Path, root: Path) -> Kept | None:
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return Kept(
        str(path.relative_to(root)), found.st_size, datetime.fromtimestamp(found.st_mtime, UTC)
    )


def _sync(path: Path, flags: int) -> None:
    descriptor = os.open(path, flags)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
