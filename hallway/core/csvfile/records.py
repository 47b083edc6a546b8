"""One record after another out of decoded lines, the bad ones told from the good."""

from __future__ import annotations

import csv
from collections.abc import Iterator

from hallway.core.csvfile.decoding import UNDECODABLE, Lines
from hallway.core.csvfile.limits import MAX_CELL, MAX_LINE, MAX_LINES_IN_CELL
from hallway.core.csvfile.problems import (
    Problem,
    bad_quote,
    nul,
    too_long,
    undecodable_bytes,
    wrong_width,
)


def take_record(lines: Lines, delimiter: str, width: int) -> tuple[int, list[str] | Problem] | None:
    """Return the next record with its line number, or what is wrong with it; None at the end.

    If a quotation mark has no end within MAX_LINES_IN_CELL lines, or what it would enclose does not
    make a good record, only its own line is bad, and reading goes on with the line below.
    """
    first = lines.take()
    if first is None:
        return None
    used = [first]
    number, text = first
    if len(text) > MAX_LINE:
        return number, too_long(number)

    def feed() -> Iterator[str]:
        yield text
        length = len(text)
        while len(used) < MAX_LINES_IN_CELL and (more := lines.take()):
            used.append(more)
            length += len(more[1])
            if length > MAX_LINE:
                return
            yield more[1]

    try:
        cells = next(csv.reader(feed(), delimiter=delimiter, strict=True))
    except csv.Error as error:
        lines.put_back(used[1:])
        too_large = "field larger" in str(error)
        return number, too_long(number) if too_large else bad_quote(number)
    while len(cells) > width and not cells[-1].strip():
        cells.pop()
    problem = _problem_in(cells, number, width)
    if problem is None:
        return number, cells
    lines.put_back(used[1:])
    return number, problem if len(used) == 1 else bad_quote(number)


def _problem_in(cells: list[str], number: int, width: int) -> Problem | None:
    joined = "".join(cells)
    if UNDECODABLE in joined:
        return undecodable_bytes(number)
    if "\x00" in joined:
        return nul(number)
    if len(joined) > MAX_CELL and any(len(cell) > MAX_CELL for cell in cells):
        return too_long(number)
    if len(cells) != width and joined.strip():
        return wrong_width(number, len(cells), width)
    return None
