"""Home without delivery: the newest of my spaces and of the people I follow, merged when read.

A page of k entries can come from at most k sources: those whose own newest entry is newest. So
one statement asks every source for its newest place (one probe of a covering index each), and a
second takes the newest k of the k best sources. Cost grows with how much I follow, never with
how much there is, and nothing is written per reader.

This file is SQL because the two statements are the heart of the home page; the access rule is
written out in `_READABLE` and asked again when the cards are loaded.
"""

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
    WHERE e.space_id = %s AND e.listed < %s ORDER BY e.listed DESC LIMIT %s) q"""

_OF_AUTHOR = """SELECT * FROM (SELECT e.id, e.listed FROM entries_entry e
    JOIN spaces_space s ON s.id = e.space_id
    WHERE e.author_id = %s AND e.listed < %s AND {readable}
    ORDER BY e.listed DESC LIMIT %s) q"""


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
    parts: list[str] = []
    params: list[Any] = []
    for kind, pk, _ in sources:
        if kind == "space":
            parts.append(_OF_SPACE)
            params += [pk, before, limit]
        else:
            parts.append(_OF_AUTHOR.format(readable=readable))
            params += [pk, before, viewer.pk, limit]
    statement = " UNION ".join(parts) + " ORDER BY 2 DESC LIMIT %s"
    with connection.cursor() as cursor:
        cursor.execute(statement, [*params, limit])
        return [Place(*row) for row in cursor.fetchall()]


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
        cursor.execute(statement, [*params, limit])
        return list(cursor.fetchall())
