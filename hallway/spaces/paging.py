"""Pages of a list in the order of some columns: the next begins after the last row."""

import json
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import Model, Q, QuerySet

M = TypeVar("M", bound=Model)

SIZE = 30
LARGEST = 2**63 - 1


@dataclass(frozen=True)
class Page(Generic[M]):
    """Some rows, and the cursor after which the next page begins ("" on the last page)."""

    rows: list[M]
    next: str


def page(rows: QuerySet[M], columns: tuple[str, ...], after: str, size: int = SIZE) -> Page[M]:
    """The rows that follow the cursor `after` ("" for the first page), in the order of `columns`.

    `columns` are text columns and, last, a number that is unique. A cursor that makes no sense
    counts as none: it comes from an address, so anybody may have written it.
    """
    rows = rows.order_by(*columns)
    values = _values(after, len(columns))
    if values:
        rows = rows.filter(_following(columns, values))
    found = list(rows[: size + 1])
    if len(found) <= size:
        return Page(found, "")
    last = [_value(found[size - 1], column) for column in columns]
    return Page(found[:size], json.dumps(last, ensure_ascii=False, separators=(",", ":")))


def _following(columns: tuple[str, ...], values: list[str | int]) -> Q:
    rule = Q()
    for at, column in enumerate(columns):
        same = dict(zip(columns[:at], values[:at], strict=True))
        rule |= Q(**same, **{f"{column}__gt": values[at]})
    return rule


def _value(row: Model, column: str) -> object:
    value: object = row
    for name in column.split("__"):
        value = getattr(value, name)
    return value


def _values(cursor: str, count: int) -> list[str | int]:
    try:
        values = json.loads(cursor) if cursor else []
    except (ValueError, RecursionError):
        return []
    if not isinstance(values, list) or len(values) != count:
        return []
    *texts, number = values
    plain = all(isinstance(text, str) and text.isprintable() for text in texts)
    counted = type(number) is int and 0 <= number <= LARGEST
    return values if plain and counted else []
