"""Reading the journal in order, skipping nothing that will still appear."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection

from hallway.core.prepared import asked
from hallway.journal.models import Incarnation, Record
from hallway.journal.position import START, Position

LOOKED_BACK = 20_000
"""Deeds of the company among which one before another is looked for."""


@dataclass(frozen=True, slots=True)
class Deed:
    """One row of the journal as its readers see it; ids are plain numbers or None."""

    position: Position
    at: datetime
    verb: str
    actor_id: int | None
    space_id: int | None
    entry_id: int | None
    person_id: int | None
    session: str
    detail: dict[str, Any]


def position() -> Position:
    """The place up to which everything is committed now.

    Read it before the page's own queries: what commits in between then arrives once more as a
    frame, which is harmless, instead of never. On PostgreSQL it is the oldest transaction still
    running: all rows below it are visible, and every row at or above it comes later.
    """
    return now().position


def written() -> int:
    """The number of the newest deed that can be seen, trimmed ones counted."""
    newest = Record.objects.order_by("-seq").values_list("seq", flat=True).first()
    return newest or 0


class Now(NamedTuple):
    """Where the journal stands.

    `beyond` is how many rows can be seen beyond the position: on PostgreSQL it stands still while
    an old transaction runs, and only both together are different after every deed.
    """

    position: Position
    incarnation: str
    beyond: int


NOW = {
    "sqlite": (
        "0, (SELECT max(seq) FROM journal_record), (SELECT name FROM journal_incarnation), 0"
    ),
    "postgresql": (
        "pg_snapshot_xmin(pg_current_snapshot())::text::bigint, 0,"
        " (SELECT name FROM journal_incarnation), (SELECT count(*) FROM journal_record"
        " WHERE xid >= pg_snapshot_xmin(pg_current_snapshot())::text::bigint)"
    ),
}
"""The four columns of a statement, by database, from which `now_of` makes a `Now`."""


def now() -> Now:
    """What `position` and `incarnation` say, in one statement."""
    return now_of(asked(f"SELECT {NOW[connection.vendor]}")[0])


def now_of(columns: Sequence[Any]) -> Now:
    """What the four columns of `NOW` say."""
    xid, seq, name, beyond = columns
    return Now(Position(xid, seq or 0), str(uuid.UUID(str(name))) if name else "", beyond)


def read(after: Position, limit: int = 500) -> Sequence[Deed]:
    """The next at most `limit` deeds after `after`, in order.

    On PostgreSQL only rows of transactions below the snapshot's xmin are given: a transaction
    with a lower number could otherwise commit later and be skipped for good.
    """
    rows = Record.objects.order_by("xid", "seq")
    if connection.vendor == "postgresql":
        rows = rows.extra(
            where=[
                "(xid, seq) > (%s, %s)",
                "xid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint",
            ],
            params=[after.xid, after.seq],
        )
    else:
        rows = rows.filter(seq__gt=after.seq)
    return [_deed(row) for row in rows[:limit]]


def committed(after: Position, verbs: Sequence[str]) -> Sequence[Deed]:
    """All deeds of `verbs` after `after` whose effect can be seen now, in order.

    On PostgreSQL that may be more than `read` gives: deeds committed while an older transaction
    is still running. Later calls may give deeds before those of earlier ones.
    """
    rows = Record.objects.filter(verb__in=verbs).order_by("xid", "seq")
    if connection.vendor == "postgresql":
        rows = rows.extra(where=["(xid, seq) > (%s, %s)"], params=[after.xid, after.seq])
    else:
        rows = rows.filter(seq__gt=after.seq)
    return [_deed(row) for row in rows]


def last_before(deed: Deed, verb: str) -> Deed | None:
    """The last deed of `verb` on the same entry shortly before `deed`, if there was any."""
    latest = deed.position.seq
    rows = Record.objects.filter(
        verb=verb, entry_id=deed.entry_id, seq__lt=latest, seq__gt=latest - LOOKED_BACK
    )
    row = rows.order_by("-seq").first()
    return None if row is None else _deed(row)


def _deed(row: Record) -> Deed:
    return Deed(
        position=Position(row.xid, row.seq),
        at=row.at,
        verb=row.verb,
        actor_id=row.actor_id,
        space_id=row.space_id,
        entry_id=row.entry_id,
        person_id=row.person_id,
        session=row.session,
        detail=row.detail,
    )


def oldest() -> Position:
    """The first row still held; readers that stand before it have missed what was trimmed."""
    first = Record.objects.order_by("xid", "seq").first()
    return Position(first.xid, first.seq) if first else START


def incarnation() -> str:
    """The name of this life of the journal; it changes when a backup is restored."""
    row = Incarnation.objects.filter(pk=1).first()
    return str(row.name) if row else ""


def begin_new_incarnation() -> str:
    """Give the journal a new life after a restore, so that screens reload; returns its name."""
    name = uuid.uuid4()
    Incarnation.objects.update_or_create(pk=1, defaults={"name": name})
    return str(name)
