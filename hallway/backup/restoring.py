"""Restoring: an archive is checked as a whole, then put where nothing is yet."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from hallway.backup import archive, postgresql, sqlite
from hallway.backup.manifest import BackupRefused, Copied, Manifest
from hallway.core import erasures
from hallway.core.storage import put_back, stored

MARK = "restoring"
MAY_BE_THERE = {"secret-key", "lost+found", erasures.NAME}


@contextmanager
def restored_from(path: Path) -> Iterator[Manifest]:
    """Bring database and files back from `path`; in the block they are made fit for use.

    Yields what the backup says of itself. Nothing is written before data folder, database and
    bucket are found empty, the whole archive is checked, and the room is enough. Until the block
    has ended well, no other command does anything there. Raises BackupRefused.
    """
    _require_empty()
    manifest = archive.check(path)
    _require_known(manifest)
    _require_room(manifest.size if settings.CONFIG.storage is None else _size_without_files(path))
    mark = settings.CONFIG.data / MARK
    mark.write_text("A backup is being restored here, or was and did not come to its end.\n")
    _unpack(path, manifest)
    yield manifest
    os.sync()
    mark.unlink()


def _unpack(path: Path, manifest: Manifest) -> None:
    data: Path = settings.CONFIG.data
    with (
        tempfile.TemporaryDirectory(prefix=".restoring-", dir=data) as folder,
        archive.readable(path),
    ):
        copy = Path(folder) / "database"
        for name, _size, part in archive.parts(path):
            if name == archive.DATABASE:
                with copy.open("wb") as file:
                    shutil.copyfileobj(part, file, archive.PIECE)
            elif name.startswith(archive.FILES):
                put_back(name.removeprefix(archive.FILES), part)  # type: ignore[arg-type]
            elif name == archive.ERASURES:
                # Besides those that lie in the folder, which were perhaps made after the backup.
                erasures.add(part.read().decode("ascii").splitlines())
        os.sync()  # the files, before rows that name them
        found = _load_database(copy)
    if found.rows != dict(manifest.rows):
        raise BackupRefused("The database has other rows than were saved. Use another backup.")


def _require_empty() -> None:
    data: Path = settings.CONFIG.data
    there = sorted({each.name for each in data.iterdir()} - MAY_BE_THERE)
    if there:
        raise BackupRefused(
            f"HALLWAY_DATA names {data}, which is not empty ({', '.join(there[:3])}). Nothing was"
            " changed. Stop Hallway, move the folder aside, and restore into an empty one."
        )
    if connection.vendor == "postgresql":
        postgresql.require_empty()
    if settings.CONFIG.storage is not None and next(stored(), None):
        raise BackupRefused(
            "HALLWAY_STORAGE_URL names a place in which there are files. Nothing was changed."
            " Restore into an empty bucket, or under another prefix."
        )


def cut_off() -> str | None:
    """A sentence if a restore into the data folder has not come to its end; else None."""
    data: Path = settings.CONFIG.data
    if not (data / MARK).exists():
        return None
    return (
        f"A backup is being restored into {data}, or was and did not come to its end. If nobody is"
        " at it, empty that folder (and a PostgreSQL database) and restore again."
    )


def _load_database(path: Path) -> Copied:
    loads: dict[str, Callable[[Path], Copied]] = {
        "sqlite": sqlite.load,
        "postgresql": postgresql.load,
    }
    return loads[connection.vendor](path)


def _require_known(manifest: Manifest) -> None:
    if manifest.database != connection.vendor:
        raise BackupRefused(
            f"This backup is of {manifest.database}, the settings name {connection.vendor}."
            " Set or remove HALLWAY_DATABASE_URL."
        )
    here = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations}
    unknown = sorted(set(manifest.migrations) - here)
    if unknown:
        raise BackupRefused(
            f"This backup was made by Hallway {manifest.hallway}, whose tables this version does"
            f" not know ({unknown[0]}). Install that version or a newer one."
        )


def _size_without_files(path: Path) -> int:
    with archive.readable(path):
        parts = archive.parts(path)
        return sum(size for name, size, _ in parts if not name.startswith(archive.FILES))


def _require_room(needed: int) -> None:
    free = shutil.disk_usage(settings.CONFIG.data).free
    if free < needed:
        raise BackupRefused(
            f"There is not enough room in {settings.CONFIG.data}: {needed >> 20} MB are needed,"
            f" {free >> 20} MB are free."
        )
