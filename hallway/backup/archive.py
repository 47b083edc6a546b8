"""The archive: a tar file whose every part is checked; `tar` and `sha256sum -c` read it as well.

    database            the copy of the database
    files/ab/cd/abcd…   the stored files under their names
    erasures            the accounts that were erased (core.erasures), if there are any
    SHA256SUMS          one line for each of the above
    manifest.json       what the backup holds, with the SHA-256 of the list
    manifest.sha256     the SHA-256 of the manifest

The digests find damage, and whatever was changed by one who did not change them as well.
"""

import hashlib
import io
import tarfile
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import IO, Self

from hallway.backup.manifest import BackupRefused, Manifest
from hallway.core.storage import is_stored_name

DATABASE = "database"
FILES = "files/"
ERASURES = "erasures"
SUMS = "SHA256SUMS"
MANIFEST = "manifest.json"
SEAL = "manifest.sha256"
PIECE = 1024 * 1024  # bytes read at a time
LONGEST_MANIFEST = 4 * 1024 * 1024  # bytes

DAMAGED = "{path} is not what was saved: {why}. Use another backup."


class Writer:
    """Writes the parts of an archive one after the other; `finish` ends it."""

    def __init__(self, file: IO[bytes]) -> None:
        self._tar = tarfile.open(fileobj=file, mode="w")  # noqa: SIM115 - closed by finish
        self._sums = tempfile.TemporaryFile()  # noqa: SIM115 - closed by __exit__
        self._digest = hashlib.sha256()
        self.size = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: object, _trace: TracebackType | None
    ) -> None:
        self._sums.close()

    def add(self, name: str, size: int, data: IO[bytes]) -> None:
        """Add a part of `size` bytes."""
        read = _Hashed(data)
        self._put(name, size, read)
        line = _line(read.digest.hexdigest(), name)
        self._digest.update(line)
        self._sums.write(line)
        self.size += size

    @property
    def sums(self) -> str:
        """The digest of the list of digests so far."""
        return self._digest.hexdigest()

    def finish(self, manifest: Manifest) -> None:
        """Add the list, the manifest and its seal."""
        size = self._sums.tell()
        self._sums.seek(0)
        self._put(SUMS, size, self._sums)
        text = manifest.to_json()
        self._put(MANIFEST, len(text), io.BytesIO(text))
        seal = _line(hashlib.sha256(text).hexdigest(), MANIFEST)
        self._put(SEAL, len(seal), io.BytesIO(seal))
        self._tar.close()

    def _put(self, name: str, size: int, data: "IO[bytes] | _Hashed") -> None:
        part = tarfile.TarInfo(name)
        part.size, part.mode, part.mtime = size, 0o600, int(time.time())
        self._tar.addfile(part, data)
        self._tar.members = []  # type: ignore[attr-defined]  # a million need not be known


def check(path: Path) -> Manifest:
    """Read the whole archive and return its manifest; raises BackupRefused if it is not whole."""
    with readable(path):
        return _checked(path)


@contextmanager
def readable(path: Path) -> Iterator[None]:
    """Raise BackupRefused when the block finds out that the file at `path` is cut off or none."""
    try:
        yield
    except tarfile.TarError as error:
        raise BackupRefused(
            f"{path} cannot be read as a backup: {error}. Is it one, and was it copied whole?"
        ) from error


def _checked(path: Path) -> Manifest:
    running = hashlib.sha256()
    ends: dict[str, bytes] = {}
    for name, _size, data in parts(path):
        if name in (SUMS, MANIFEST, SEAL):
            digest = _digest_of(data) if name == SUMS else data.read(LONGEST_MANIFEST)
            ends[name] = digest if isinstance(digest, bytes) else digest.encode()
        elif ends:
            raise BackupRefused(DAMAGED.format(path=path, why=f"{name} comes too late"))
        else:
            running.update(_line(_digest_of(data), name))
    if list(ends) != [SUMS, MANIFEST, SEAL]:
        raise BackupRefused(DAMAGED.format(path=path, why="its end is missing"))
    if ends[SEAL] != _line(hashlib.sha256(ends[MANIFEST]).hexdigest(), MANIFEST):
        raise BackupRefused(DAMAGED.format(path=path, why="the manifest was changed"))
    manifest = Manifest.parse(ends[MANIFEST])
    if not manifest.sums == running.hexdigest() == ends[SUMS].decode():
        why = f"a part was changed (tar --extract, then sha256sum --check {SUMS}, says which)"
        raise BackupRefused(DAMAGED.format(path=path, why=why))
    return manifest


def parts(path: Path) -> Iterator[tuple[str, int, IO[bytes]]]:
    """Yield name, size and bytes of each part in turn; to be called inside `readable`.

    Raises BackupRefused for what is no archive of ours: other names, links.
    """
    with tarfile.open(path, "r:") as tar:
        while (part := tar.next()) is not None:
            data = tar.extractfile(part) if part.isreg() and _is_ours(part.name) else None
            if data is None:
                why = f"it has “{part.name[:100]}” in it"
                raise BackupRefused(DAMAGED.format(path=path, why=why))
            yield part.name, part.size, data
            tar.members = []  # type: ignore[attr-defined]


def _is_ours(name: str) -> bool:
    if name.startswith(FILES):
        return is_stored_name(name[len(FILES) :])
    return name in (DATABASE, ERASURES, SUMS, MANIFEST, SEAL)


def _line(digest: str, name: str) -> bytes:
    return f"{digest}  {name}\n".encode()


def _digest_of(data: IO[bytes]) -> str:
    read = _Hashed(data)
    while read.read(PIECE):
        pass
    return read.digest.hexdigest()


class _Hashed:
    """A file that is hashed while it is read."""

    def __init__(self, data: IO[bytes]) -> None:
        self._data = data
        self.digest = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        piece = self._data.read(size)
        self.digest.update(piece)
        return piece
