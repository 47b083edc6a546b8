"""All that somebody could lay hands on who wants to know who asked: rows, bytes, lines, frames."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import connection

from hallway.hub.frames import frames_of
from hallway.journal.models import Record
from hallway.journal.position import Position
from hallway.journal.reader import Deed

Row = dict[str, Any]
DIGITS = re.compile(rb"[0-9a-f]{64}")


@dataclass
class Evidence:
    """`tables` by name, with rows as they lie there; `offsets` of hashes in the log of writes."""

    tables: dict[str, list[Row]] = field(default_factory=dict)
    offsets: dict[str, int] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)


def keep_all_writes() -> None:
    """Let the write-ahead log of SQLite grow from here on: the operator records everything."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            cursor.execute("PRAGMA wal_autocheckpoint=0")


def write_as_ever() -> None:
    """The end of `keep_all_writes`."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_autocheckpoint=1000")


def gather(lines: Sequence[str], prefix: str = "") -> Evidence:
    """Everything as it is now."""
    found = Evidence(lines=[*lines])
    for name in connection.introspection.table_names():
        found.tables[prefix + name] = _rows(name)
    found.offsets = _offsets()
    return found


def frames_since(seq: int) -> list[str]:
    """What the open screens have been sent for the rows of the journal after `seq`."""
    drawn = []
    for row in Record.objects.filter(seq__gt=seq, verb__startswith="hall.").order_by("seq"):
        deed = Deed(
            Position(row.xid, row.seq),
            row.at,
            row.verb,
            row.actor_id,
            row.space_id,
            row.entry_id,
            row.person_id,
            row.session,
            row.detail,
        )
        drawn += [f"{each.topic} {each.html['en']}" for each in frames_of(deed)]
    return drawn


def _rows(table: str) -> list[Row]:
    hidden = "rowid, 0" if connection.vendor == "sqlite" else "ctid::text, xmin::text::bigint"
    order = "rowid" if connection.vendor == "sqlite" else "ctid"
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT {hidden}, t.* FROM "{table}" t ORDER BY t.{order}')
        names = [column[0] for column in cursor.description][2:]
        return [
            {"#place": place, "#written": row[1]}
            | {name: _plain(value) for name, value in zip(names, row[2:], strict=True)}
            for place, row in enumerate(cursor.fetchall())
        ]


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.timestamp()
    if isinstance(value, date):
        return value.toordinal()
    return value if isinstance(value, (int, float)) else str(value)


def _offsets() -> dict[str, int]:
    """Where each hash and token first stands in the write-ahead log, which is in order of time."""
    if connection.vendor != "sqlite":
        return {}
    log = Path(f"{connection.settings_dict['NAME']}-wal")
    first: dict[str, int] = {}
    for match in DIGITS.finditer(log.read_bytes() if log.exists() else b""):
        first.setdefault(match[0].decode(), match.start())
    return first
