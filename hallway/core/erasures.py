"""The list of accounts that were erased, so that no backup brings them back.

It is a file, `erasures` in the data folder, one line for each:

    2026-11-23T10:15:00+00:00 41 9f86d081884c7d65 words

When, the number of the person, a digest of that number and the moment they joined (so that nobody
who gets the number anew after a restore is mistaken for them), and whether their words went, too
("words" or "profile"). No name. It is written before anything is erased, is a part of every
backup, and is read after every restore.
"""

import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.utils import timezone

NAME = "erasures"
HOW = {True: "words", False: "profile"}


@dataclass(frozen=True)
class Erasure:
    """One line of the list."""

    at: datetime
    person: int
    digest: str
    words: bool

    def __str__(self) -> str:
        return (
            f"{self.at.isoformat(timespec='seconds')} {self.person} {self.digest} {HOW[self.words]}"
        )

    def means(self, person: int, joined_at: datetime) -> bool:
        """Whether the line is about this person, not about another with the same number."""
        return (self.person, self.digest) == (person, digest_of(person, joined_at))

    @classmethod
    def parse(cls, line: str) -> "Erasure":
        """Read a line back; raises ValueError."""
        at, person, digest, how = line.split()
        return cls(datetime.fromisoformat(at), int(person), digest, how == HOW[True])


def place() -> Path:
    """Where the list lies."""
    data: Path = settings.CONFIG.data
    return data / NAME


def note(person: int, joined_at: datetime, words: bool) -> None:
    """Write down that this person is erased; it is on the disk when this returns."""
    add([str(Erasure(timezone.now(), person, digest_of(person, joined_at), words))])


def add(lines: Iterable[str]) -> None:
    """Add those of `lines` that the list does not have yet."""
    known = {str(each) for each in erasures()}
    new = "".join(f"{line}\n" for line in dict.fromkeys(lines) if line not in known)
    if not new:
        return
    descriptor = os.open(place(), os.O_CREAT | os.O_APPEND | os.O_WRONLY | os.O_CLOEXEC, 0o600)
    try:
        os.write(descriptor, new.encode())
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    folder = os.open(place().parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def erasures() -> Iterator[Erasure]:
    """Yield all lines; none where nobody was erased yet. Raises ValueError for a damaged one."""
    try:
        text = place().read_text("ascii")
    except FileNotFoundError:
        return
    for line in text.splitlines():
        yield Erasure.parse(line)


def digest_of(person: int, joined_at: datetime) -> str:
    """What tells this person from another who may have the same number after a restore."""
    told = f"{person} {joined_at.astimezone(UTC).isoformat()}"
    return hashlib.sha256(told.encode()).hexdigest()[:16]
