"""Home without delivery: the newest of my spaces and of the people I follow, merged when read.

Every source is asked for its newest place (one probe of a covering index each). As soon as those
name k different entries, nothing older than the k-th of them can be on a page of k; so from each
source only what is as new as that is taken. Cost grows with how much I follow, never with how much
there is, and nothing is written per reader.

PostgreSQL does it in one statement of constant text, which a connection plans once. SQLite cannot
take a limited part of each row's entries, so there a second statement names every source.

This file is SQL because this is the heart of the home page; the access rule is written out in
`_READABLE` and asked again when the cards are loaded.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from django.db import connection

from hallway.core.prepared import asked
from hallway.people.models import Person

END = 2**63 - 1

# May the viewer read space s? The same rule as spaces.access.readable; a test compares them.
_READABLE = """(({employee} AND s.openness = 'open') OR EXISTS (
SELECT 1 FROM spaces_membership r WHERE r.person_id = %(viewer)s AND r.space_id = s.id))"""

_FOLLOWED = "(SELECT followed_id AS id FROM people_follow WHERE follower_id = %(viewer)s)"

_MY_SPACES = """(SELECT space_id AS id FROM spaces_membership WHERE person_id = %(viewer)s
    UNION SELECT id FROM spaces_space WHERE owner_id = %(viewer)s{company})"""

_COMPANY = " UNION SELECT id FROM spaces_space WHERE kind = 'company'"

_NOWHERE = "(SELECT 0 AS id WHERE 1=0)"

_OF_SPACE = """SELECT {columns} FROM entries_entry e
    WHERE e.space_id = {source} AND {span} ORDER BY e.listed DESC LIMIT {limit}"""

_OF_AUTHOR = """SELECT {columns} FROM entries_entry e JOIN spaces_space s ON s.id = e.space_id
    WHERE e.author_id = {source} AND {span} AND {readable} ORDER BY e.listed DESC LIMIT {limit}"""

_TOPS = """SELECT 'author' AS kind, m.id, ({top_of_author}) AS listed FROM {followed} m
UNION ALL SELECT 'space', m.id, ({top_of_space}) FROM {spaces} m
ORDER BY listed DESC LIMIT {most}"""

# Places first and numbers of entries last, so that the covering indexes answer nearly all of it:
# otherwise a space with many entries, where most have few, is read and sorted as a whole.
_AT_ONCE = """WITH source AS MATERIALIZED (
  SELECT 'author' AS kind, m.id, top.listed
    FROM {followed} m CROSS JOIN LATERAL ({top_of_author}) top
  UNION ALL SELECT 'space', m.id, top.listed
    FROM {spaces} m CROSS JOIN LATERAL ({top_of_space}) top
), bound AS MATERIALIZED (
  SELECT COALESCE((SELECT DISTINCT listed FROM source
    ORDER BY listed DESC OFFSET {limit} - 1 LIMIT 1), 0) AS oldest
), place AS (
  SELECT DISTINCT found.space_id, found.listed FROM source CROSS JOIN LATERAL (
    ({of_author}) UNION ALL ({of_space})
  ) found WHERE source.listed >= (SELECT oldest FROM bound)
  ORDER BY found.listed DESC LIMIT {limit}
)
SELECT e.id, e.listed FROM place
JOIN entries_entry e ON e.space_id = place.space_id AND e.listed = place.listed
ORDER BY e.listed DESC LIMIT {limit}"""


class Kind(NamedTuple):
    """What distinguishes the statements: who asks, for which sources, before where, how many."""

    readable: str
    spaces: str
    span: str
    limit: int


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
    # Guests know no company; who reads only those they follow asks no space.
    spaces = _MY_SPACES.format(company="" if viewer.is_guest else _COMPANY)
    kind = Kind(
        readable=_READABLE.format(employee="1=0" if viewer.is_guest else "1=1"),
        spaces=_NOWHERE if following_only else spaces,
        span="e.listed IS NOT NULL" if before == END else "e.listed < %(before)s",
        limit=int(limit),
    )
    params = {"viewer": viewer.pk, "before": before}
    if connection.vendor == "postgresql":
        return [Place(*row) for row in asked(_written(_AT_ONCE, kind), params)]
    return _in_two_steps(kind, params)


@lru_cache(maxsize=32)
def _written(form: str, kind: Kind) -> str:
    """The statement `form` with its parts, which are the same for most viewers."""
    top = {**kind._asdict(), "columns": "e.listed", "source": "m.id", "limit": 1}
    found = {**kind._asdict(), "columns": "e.space_id, e.listed", "source": "source.id"}
    span = f"{kind.span} AND e.listed >= (SELECT oldest FROM bound)"
    return form.format(
        **kind._asdict(),
        followed=_FOLLOWED,
        # The newest entry of a source may be that of one other: of its author, or of its space.
        most=2 * kind.limit,
        top_of_author=_OF_AUTHOR.format(**top),
        top_of_space=_OF_SPACE.format(**top),
        of_author=_OF_AUTHOR.format(**found | {"span": f"source.kind = 'author' AND {span}"}),
        of_space=_OF_SPACE.format(**found | {"span": f"source.kind = 'space' AND {span}"}),
    )


def _in_two_steps(kind: Kind, params: Mapping[str, int]) -> list[Place]:
    """The same where no part of a statement can be limited for each row of another."""
    rows = asked(_written(_TOPS, kind), params)
    sources = [(form, pk, listed) for form, pk, listed in rows if listed is not None]
    if not sources:
        return []
    oldest = _oldest([listed for *_, listed in sources], kind.limit)
    part = {**kind._asdict(), "columns": "e.id, e.listed"}
    part["span"] = f"{kind.span} AND e.listed >= %(oldest)s"
    parts = []
    given = {**params, "oldest": oldest}
    # Parts of one kind stand together, so that few different statements are made and prepared.
    for number, (form, pk, listed) in enumerate(sorted(sources)):
        if listed >= oldest:
            of_source = _OF_SPACE if form == "space" else _OF_AUTHOR
            text = of_source.format(**part, source=f"%(source{number})s")
            parts.append(f"SELECT * FROM ({text}) q")
            given[f"source{number}"] = pk
    statement = (
        f"SELECT DISTINCT id, listed FROM ({' UNION ALL '.join(parts)}) a"
        f" ORDER BY listed DESC LIMIT {kind.limit}"
    )
    return [Place(*row) for row in asked(statement, given)]


def _oldest(tops: Sequence[int], limit: int) -> int:
    """The place below which nothing can be among the newest `limit`, or 0."""
    different = sorted(set(tops), reverse=True)
    return different[limit - 1] if len(different) >= limit else 0
