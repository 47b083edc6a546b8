"""What moving an entry changes for its readers, and from where it was moved before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from hallway.entries import access
from hallway.entries.models import Entry
from hallway.people.models import Person
from hallway.spaces import access as spaces
from hallway.spaces.models import Space


@dataclass(frozen=True)
class Consequence:
    """How many may see it afterwards, and how many of those who gain or lose sight of it."""

    readers: int
    gain: int
    lose: int


@dataclass(frozen=True)
class Moved:
    """A move as a reader of the entry is told of it; `origin` is "" where they may not know it."""

    at: datetime
    by: Person
    origin: str


def consequence(entry: Entry, space: Space) -> Consequence:
    """What it means for people if `entry` stands in `space` instead."""
    now, then = spaces.readers_of(entry.space), spaces.readers_of(space)
    return Consequence(
        readers=then.count(),
        gain=then.exclude(pk__in=now.values("pk")).count(),
        lose=now.exclude(pk__in=then.values("pk")).count(),
    )


def moves_of(viewer: Person, entry: Entry) -> Sequence[Moved]:
    """From where a visible entry was moved, the last move first; two queries."""
    rows = list(access.moves_to(viewer).filter(entry=entry).select_related("by").order_by("-pk"))
    known = spaces.visible_to(viewer).filter(pk__in=[row.origin_id for row in rows])
    names = dict(known.values_list("pk", "name"))
    return [Moved(row.at, row.by, names.get(row.origin_id or 0, "")) for row in rows]
