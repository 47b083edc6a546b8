"""Saving: the database first, the files afterwards, while Hallway runs.

Files are on disk before a row names them, have names that are never used again, and are not erased
while they are copied. So every file that the saved database names is in the archive.
"""

import errno
import io
import os
import sqlite3
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from django.db import connection

from hallway import __version__
from hallway.backup import archive, postgresql, sqlite
from hallway.backup.manifest import FORMAT, BackupRefused, Copied, Manifest
from hallway.core import erasures
from hallway.core.fullness import says_full
from hallway.core.keeping import keeping_all
from hallway.core.storage import open_stored, stored

# File systems without hard links, as of many network drives.
NO_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS}


def save(target: Path, now: datetime | None = None) -> tuple[Path, Manifest]:
    """Write a backup to `target`, or under a name with the time if `target` is a folder.

    Returns where it lies and what it holds. It appears there whole or not at all; beside it there
    must be room for the database once more. Raises BackupRefused.
    """
    moment = now or datetime.now(UTC)
    place = target / f"hallway-{moment:%Y-%m-%dT%H%M%SZ}.tar" if target.is_dir() else target
    if place.suffix != ".tar":
        raise BackupRefused(f"{place} is no folder; a file must have a name that ends in .tar.")
    if not place.parent.is_dir():
        raise BackupRefused(f"There is no folder {place.parent}.")
    if place.exists():
        raise BackupRefused(f"{place} exists already and is not overwritten. Choose another name.")
    try:
        with tempfile.TemporaryDirectory(prefix=".hallway-backup-", dir=place.parent) as folder:
            draft = Path(folder) / "draft.tar"
            manifest = _write(draft, Path(folder) / "database", moment)
            _publish(draft, place)
    except FileExistsError as error:
        raise BackupRefused(f"{place} has appeared meanwhile and is not overwritten.") from error
    except (OSError, sqlite3.Error) as error:
        raise BackupRefused(_why(error, place)) from error
    return place, manifest


def _write(draft: Path, copy: Path, moment: datetime) -> Manifest:
    with draft.open("wb") as file, archive.Writer(file) as writer:
        with keeping_all():
            found = _copy_database(copy)
            with copy.open("rb") as data:
                writer.add(archive.DATABASE, copy.stat().st_size, data)
            copy.unlink()
            files = 0
            for name, size in stored():
                with open_stored(name) as data:
                    writer.add(f"{archive.FILES}{name}", size, data)
                files += 1
        _add_erasures(writer)
        manifest = Manifest(
            format=FORMAT,
            hallway=__version__,
            made=moment.isoformat(timespec="seconds"),
            database=connection.vendor,
            position=found.position,
            migrations=found.migrations,
            rows=found.rows,
            files=files,
            size=writer.size,
            sums=writer.sums,
        )
        writer.finish(manifest)
        file.flush()
        os.fsync(file.fileno())
    return manifest


def _add_erasures(writer: archive.Writer) -> None:
    """After the database: whoever is erased meanwhile is in the list, and is erased again."""
    try:
        lines = erasures.place().read_bytes()
    except FileNotFoundError:
        return
    writer.add(archive.ERASURES, len(lines), io.BytesIO(lines))


def _copy_database(path: Path) -> Copied:
    copies: dict[str, Callable[[Path], Copied]] = {
        "sqlite": sqlite.save,
        "postgresql": postgresql.save,
    }
    return copies[connection.vendor](path)


def _publish(draft: Path, place: Path) -> None:
    """Give the finished archive its name, unless somebody else has it by now."""
    try:
        os.link(draft, place)
    except OSError as error:
        if error.errno not in NO_LINKS:
            raise
        if place.exists():
            raise FileExistsError(place) from error
        draft.rename(place)
    folder = os.open(place.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _why(error: Exception, place: Path) -> str:
    if isinstance(error, sqlite3.Error) and not says_full(error):
        return f"The database {sqlite.place()} cannot be copied: {error}."
    if says_full(error):
        return f"There is not enough room for {place}. Nothing was kept of it."
    reason = getattr(error, "strerror", None) or error
    about = getattr(error, "filename", None) or place
    return f"{place} could not be written: {about}: {reason}. Nothing was kept of it."
