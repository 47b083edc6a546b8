"""Reading a table: the rows that are good, the lines that are not, and what the file is like."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import BinaryIO

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from hallway.core.csvfile.decoding import Lines, encoding_of
from hallway.core.csvfile.headings import places_of, take_head
from hallway.core.csvfile.problems import Problem
from hallway.core.csvfile.records import take_record


@dataclass(frozen=True, slots=True)
class Row:
    """One good line."""

    line: int
    """Where it begins in the file, from 1."""
    cells: Mapping[str, str]
    """By the names of columns the caller gave; optional columns that are absent are absent."""


class Reading(Iterator[Row | Problem]):
    """The rows and problems of a file, in order; what was found out about the file beside them.

    `encoding` ("utf-8", "utf-16", "cp1252"), `delimiter`, `columns` (those present, by the caller's
    names), `ignored` (headings nobody asked for), `note` (a sentence the person should see, or "").
    """

    def __init__(
        self, file: BinaryIO, required: Sequence[str], optional: Sequence[str], *, owned: bool
    ) -> None:
        self._file = file
        self._owned = owned
        try:
            self.encoding = encoding_of(file)
            self.note: str | Promise = _note(self.encoding)
            self._lines = Lines(file, self.encoding)
            self.delimiter, headings = take_head(self._lines, [*required, *optional])
            self._places = places_of(headings, required, optional)
        except BaseException:
            self._close()
            raise
        self.columns = tuple(self._places)
        taken = set(self._places.values())
        self.ignored = tuple(h for i, h in enumerate(headings) if i not in taken and h)
        self._width = len(headings)
        self._found = self._read()

    def __iter__(self) -> Reading:
        return self

    def __next__(self) -> Row | Problem:
        return next(self._found)

    def _close(self) -> None:
        if self._owned:
            self._file.close()

    def _read(self) -> Iterator[Row | Problem]:
        try:
            while (read := take_record(self._lines, self.delimiter, self._width)) is not None:
                line, cells = read
                if isinstance(cells, Problem):
                    yield cells
                elif any(cell.strip() for cell in cells):
                    places = self._places.items()
                    yield Row(line, {name: cells[at].strip() for name, at in places})
        finally:
            self._close()


def rows(
    source: str | PathLike[str] | BinaryIO, required: Sequence[str], optional: Sequence[str] = ()
) -> Reading:
    """Read a table with headings from a path or a seekable binary file, in constant memory.

    UTF-8 (with or without byte order mark), UTF-16 as Excel writes it, else Windows-1252; commas,
    semicolons, tabs or bars. Headings match without regard to case, spaces, "_" and "-". A bad line
    becomes a Problem, empty lines are left out. Raises CsvRefused at once if a required column is
    missing, doubled or unreadable. A file object given stays open.
    """
    if isinstance(source, (str, PathLike)):
        return Reading(Path(source).open("rb"), required, optional, owned=True)
    return Reading(source, required, optional, owned=False)


def _note(encoding: str) -> str | Promise:
    if encoding != "cp1252":
        return ""
    return gettext_lazy(
        "This file is not UTF-8, so it was read as Windows-1252 (Western European). "
        "Check names with accents before you go on."
    )
