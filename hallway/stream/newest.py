"""Home without delivery: the newest of my spaces and of the people I follow, merged when read.

One statement asks every source for its newest place (one probe of a covering index each). As soon
as those name k different entries, nothing older than the k-th of them can be on a page of k; so a
second statement takes from each source only what is as new as that. Cost grows with how much I
follow, never with how much there is, and nothing is written per reader.

This file is SQL because the two statements are the heart of the home page; the access rule is
written out in `_READABLE` and asked again when the cards are loaded.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db import connection

from hallway.people.models import Person

END = 2**63 - 1

# May the viewer read space s? The same rule as spaces.access.readable; a test compares them.
_READABLE = """(({employee} AND s.openness = 'open') OR EXISTS (
SELECT 1 FROM spaces_membership r WHERE r.person_id = %s AND r.space_id = s.id))"""

_MY_SPACES = """SELECT space_id AS id FROM spaces_membership WHERE person_id = %s
    UNION SELECT id FROM spaces_space WHERE owner_id = %s"""

_COMPANY = " UNION SELECT id FROM spaces_space WHERE kind = 'company'"

_NEWEST_OF_SPACE = """(SELECT e.listed FROM entries_entry e
    WHERE e.space_id = m.id AND e.listed < %s ORDER BY e.listed DESC LIMIT 1)"""

_NEWEST_OF_AUTHOR = """(SELECT e.listed FROM entries_entry e
    JOIN spaces_space s ON s.id = e.space_id
    WHERE e.author_id = f.followed_id AND e.listed < %s AND {readable}
    ORDER BY e.listed DESC LIMIT 1)"""

_OF_SPACE = """SELECT * FROM (SELECT e.id, e.listed FROM entries_entry e
WHERE e.space_id = %s AND e.listed >= %s{before} ORDER BY e.listed DESC LIMIT {limit}) q"""

_OF_AUTHOR = """SELECT * FROM (SELECT e.id, e.listed FROM entries_entry e
JOIN spaces_space s ON s.id = e.space_id WHERE {readable}
AND e.author_id = %s AND e.listed >= %s{before} ORDER BY e.listed DESC LIMIT {limit}) q"""


class Place(NamedTuple):
    """An entry and where it stands in the streams (`Entry.listed`)."""

    id: int
    listed: int


def newest(
    viewer: Person, *, limit: int, before: int = END, following_only: bool = False
) -> list[Place]:
    """The newest `limit` entries before the place `before`, newest first.

    From the viewer's spaces and from those they follow, or only from the latter.
    """
    readable = _READABLE.format(employee="1=0" if viewer.is_guest else "1=1")
    sources = _sources(viewer, readable, limit, before, following_only)
    if not sources:
        return []
    oldest = _oldest(sources, limit)
    span = [oldest] if before == END else [oldest, before]
    spaces = [pk for kind, pk, top in sources if kind == "space" and top >= oldest]
    authors = [pk for kind, pk, top in sources if kind == "author" and top >= oldest]
    words = {"before": " AND e.listed < %s" * (before != END), "limit": int(limit)}
    # Parts of one kind stand together, so that few different statements are made and prepared.
    parts = [_OF_SPACE.format(**words)] * len(spaces)
    parts += [_OF_AUTHOR.format(readable=readable, **words)] * len(authors)
    params = [number for pk in spaces for number in (pk, *span)]
    params += [number for pk in authors for number in (viewer.pk, pk, *span)]
    statement = (
        f"SELECT DISTINCT id, listed FROM ({' UNION ALL '.join(parts)}) a"
        " ORDER BY listed DESC LIMIT %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [*params, limit])
        return [Place(*row) for row in cursor.fetchall()]


def _oldest(sources: Sequence[tuple[str, int, int]], limit: int) -> int:
    """The place below which nothing can be among the newest `limit`, or 0."""
    tops = sorted({top for _, _, top in sources}, reverse=True)
    return tops[limit - 1] if len(tops) >= limit else 0


def _sources(
    viewer: Person, readable: str, limit: int, before: int, following_only: bool
) -> list[tuple[str, int, int]]:
    parts = [
        "SELECT 'author' AS kind, f.followed_id AS id,"
        f" {_NEWEST_OF_AUTHOR.format(readable=readable)} AS top"
        " FROM people_follow f WHERE f.follower_id = %s"
    ]
    params: list[Any] = [before, viewer.pk, viewer.pk]
    if not following_only:
        mine = _MY_SPACES if viewer.is_guest else _MY_SPACES + _COMPANY
        parts.append(f"SELECT 'space' AS kind, m.id, {_NEWEST_OF_SPACE} AS top FROM ({mine}) m")
        params += [before, viewer.pk, viewer.pk]
    statement = (
        f"SELECT * FROM ({' UNION ALL '.join(parts)}) a"
        " WHERE top IS NOT NULL ORDER BY top DESC LIMIT %s"
    )
    with connection.cursor() as cursor:
        # The newest entry of a source may be that of one other: of its author, or of its space.
        cursor.execute(statement, [*params, 2 * limit])
        return list(cursor.fetchall())
