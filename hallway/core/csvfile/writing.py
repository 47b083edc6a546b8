"""Writing a table that no spreadsheet program takes for formulas."""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal

_FORMULA = frozenset("=+-@\t\r\n\x00＝＋－＠")


def write(
    rows: Iterable[Sequence[object]], header: Sequence[str], *, byte_order_mark: bool = True
) -> Iterator[str]:
    """Yield a table line by line, with CR LF, that no spreadsheet program takes for formulas.

    Text beginning with = + - @, tab, line end, NUL or full-width forms gets a ' in front
    (OWASP, "CSV Injection"); numbers given as numbers stay numbers. The byte order mark makes
    Excel read UTF-8. Columns are separated by commas.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    if byte_order_mark:
        out.write("\ufeff")
    for cells in itertools.chain([header], rows):
        writer.writerow([_cell(cell) for cell in cells])
        yield out.getvalue()
        out.seek(0)
        out.truncate()


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, (int, float, Decimal)):
        return str(value)
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    text = str(value)
    if text[:1] in _FORMULA or text.lstrip()[:1] in _FORMULA:
        return f"'{text}"
    return text
