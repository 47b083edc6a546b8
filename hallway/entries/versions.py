"""The versions of an entry's words, each with what it changed in the one before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import NamedTuple

from hallway.core.text.differences import Run, differences, shortened
from hallway.entries import access
from hallway.entries.models import Entry
from hallway.people.models import Person

PAGE = 10


@dataclass(frozen=True)
class Version:
    """Words as they stood from `at` on; the first has nothing to differ from."""

    number: int
    at: datetime
    is_now: bool
    title: str
    source: str
    title_runs: Sequence[Run]
    runs: Sequence[Run]

    @property
    def is_first(self) -> bool:
        """Whether it is what was published."""
        return self.number == 1


@dataclass(frozen=True)
class Page:
    """Some versions, the newest first; `older` is the number before which the next begin, or 0."""

    versions: Sequence[Version]
    older: int


def versions_of(viewer: Person, entry: Entry, before: int = 0) -> Page:
    """The last versions of a visible entry, or the last before the number `before`."""
    rows = access.revisions_to(viewer).filter(entry=entry).order_by("-number")
    if before:
        rows = rows.filter(number__lt=before)
    found = list(rows[: PAGE + 1])
    # The row of an edit holds the words before it, and its time is when the next ones began.
    began = {1: entry.published_at} | {row.number + 1: row.at for row in found}
    held = [_Words(row.number, row.title, row.source) for row in found]
    if not before:
        now = access.texts_to(viewer).get(pk=entry.pk)
        held.insert(0, _Words(held[0].number + 1 if held else 1, now.title, now.source))
    versions = [
        _version(new, old, began[new.number], is_now=not before and place == 0)
        for place, (new, old) in enumerate(pairwise([*held, None]))
        if new is not None and place < PAGE
    ]
    return Page(versions, versions[-1].number if len(held) > PAGE else 0)


class _Words(NamedTuple):
    number: int
    title: str
    source: str


def _version(new: _Words, old: _Words | None, at: datetime, *, is_now: bool) -> Version:
    title: Sequence[Run] = ()
    runs: Sequence[Run] = ()
    if old is not None:
        title = differences(old.title, new.title) if old.title or new.title else ()
        runs = shortened(differences(old.source, new.source))
    return Version(new.number, at, is_now, new.title, new.source, title, runs)
