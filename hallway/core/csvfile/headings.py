"""The line of headings: its delimiter, and which column stands where."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from hallway.core.csvfile.decoding import Lines
from hallway.core.csvfile.limits import MAX_COLUMNS, MAX_LINE
from hallway.core.csvfile.problems import CsvRefused

_DELIMITERS = (",", ";", "\t", "|")
_NO_LETTER = re.compile(r"[\s_\-]+")


def take_head(lines: Lines, wanted: Sequence[str]) -> tuple[str, list[str]]:
    """Return the delimiter and the headings: that delimiter with which most headings are known."""
    taken = lines.take()
    while taken and not taken[1].strip("\r\n \t,;|\ufeff"):
        taken = lines.take()
    if taken is None:
        raise CsvRefused(gettext_lazy("This file is empty."))
    announced = taken[1].strip().lower()
    delimiters: Sequence[str] = _DELIMITERS
    if announced.startswith("sep=") and len(announced) == 5:
        delimiters = announced[4]
        taken = lines.take() or (0, "")
    known = {_heading_key(name) for name in wanted}
    best: tuple[int, int, str, list[str]] | None = None
    for delimiter in delimiters:
        try:
            headings = _headings(next(csv.reader([taken[1]], delimiter=delimiter, strict=True), []))
        except csv.Error:
            continue
        score = sum(_heading_key(heading) in known for heading in headings)
        if best is None or (score, len(headings)) > best[:2]:
            best = (score, len(headings), delimiter, headings)
    if best is None or len(taken[1]) > MAX_LINE:
        raise CsvRefused(gettext_lazy("The line of headings could not be read."))
    return best[2], best[3]


def _headings(cells: list[str]) -> list[str]:
    headings = [cell.strip() for cell in cells]
    while headings and not headings[-1]:
        headings.pop()
    if len(headings) > MAX_COLUMNS:
        raise CsvRefused(
            format_lazy(
                gettext_lazy("This file has {found} columns. It can have at most {limit}."),
                found=len(headings),
                limit=MAX_COLUMNS,
            )
        )
    return headings


def _heading_key(heading: str) -> str:
    return _NO_LETTER.sub("", heading).casefold()


def places_of(
    headings: Sequence[str], required: Sequence[str], optional: Sequence[str]
) -> dict[str, int]:
    """Return where each column stands, by the caller's name, the optional ones if present.

    Raises CsvRefused if a required one is missing, or any is there twice.
    """
    found: dict[str, list[int]] = {}
    for at, heading in enumerate(headings):
        found.setdefault(_heading_key(heading), []).append(at)
    shown = ", ".join(heading[:60] for heading in headings[:40])
    places: dict[str, int] = {}
    missing: list[str] = []
    for name in [*required, *optional]:
        columns = found.get(_heading_key(name), [])
        if len(columns) > 1:
            raise CsvRefused(
                format_lazy(gettext_lazy("The column “{name}” is there more than once."), name=name)
            )
        if columns:
            places[name] = columns[0]
        elif name in required:
            missing.append(name)
    if missing:
        raise CsvRefused(
            format_lazy(
                gettext_lazy(
                    "The file lacks these columns: {missing}. It needs {needed}; it has {found}."
                ),
                missing=", ".join(missing),
                needed=", ".join(required),
                found=shown,
            )
        )
    return places
