"""The viewer's spaces for the menu, each with how much in it is unread."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import connection
from django.http import HttpRequest

from hallway.core.http import viewer_of
from hallway.core.prepared import asked
from hallway.people.models import Person

MOST = 100
"""Unread entries are counted up to here; the menu shows "99+"."""

_JOINED = {
    "sqlite": "CAST(strftime('%%s', m.joined_at) AS INTEGER) * 1000000000",
    "postgresql": "floor(extract(epoch FROM m.joined_at))::bigint * 1000000000",
}

_TOGETHER = {
    "sqlite": "group_concat(h.entry_id, ' ')",
    "postgresql": "string_agg(h.entry_id::text, ' ')",
}

_SPACES = """SELECT s.id, s.name, s.slug, s.hue_step,
  (s.posting = 'members' OR COALESCE(m.role, '') = 'manager'),
  (SELECT count(*) FROM (SELECT 1 FROM entries_entry e
     WHERE e.space_id = s.id AND e.author_id <> %s
       AND e.listed > COALESCE(seen.upto, {joined}, %s) LIMIT {most}) q),
  COALESCE(seen.upto, {joined}, %s),
  COALESCE((SELECT max(e.listed) FROM entries_entry e WHERE e.space_id = s.id), 0),
  COALESCE((SELECT {together} FROM townhalls_townhall h JOIN entries_entry e ON e.id = h.entry_id
     WHERE h.space_id = s.id AND h.stage = 'on_air' AND e.state = 'published'), '')
FROM (SELECT space_id AS id FROM spaces_membership WHERE person_id = %s {company}) mine
JOIN spaces_space s ON s.id = mine.id
LEFT JOIN spaces_membership m ON m.space_id = s.id AND m.person_id = %s
LEFT JOIN stream_seen seen ON seen.space_id = s.id AND seen.person_id = %s
ORDER BY CASE s.kind WHEN 'company' THEN 0 ELSE 1 END, s.name_key, s.id LIMIT 200"""


@dataclass(frozen=True, slots=True)
class MenuSpace:
    """A line of the menu.

    `unread` counts what stands after the place `after`, and up to `newest` all of it has been
    counted: a screen that hears of entries counts on from there. `halls` are the numbers of the
    town halls on air there, apart by blanks.
    """

    id: int
    name: str
    slug: str
    hue_step: int
    may_post: bool
    unread: int
    after: int
    newest: int
    halls: str

    @property
    def on_air(self) -> list[int]:
        """The numbers of the town halls that are on air there now."""
        return sorted(int(number) for number in self.halls.split())

    @property
    def url(self) -> str:
        """Address of the space; spelled out, because every page shows it for every space."""
        return f"/spaces/{self.slug}"

    @property
    def letter(self) -> str:
        """The letter on its coloured square."""
        return next((sign for sign in self.name if sign.isalnum()), "·").upper()


def menu_of(request: HttpRequest) -> tuple[MenuSpace, ...]:
    """The menu of the request's viewer, read once however often a page asks for it."""
    held: tuple[MenuSpace, ...] | None = request.__dict__.get("menu")
    if held is None:
        held = my_menu(viewer_of(request))
        request.__dict__["menu"] = held
    return held


def my_menu(viewer: Person) -> tuple[MenuSpace, ...]:
    """The viewer's spaces, the company first, in one statement; at most 200.

    Unread is what stands after the last visit, or after joining where there was none, and is
    not one's own; at most 100 are counted for each space.
    """
    statement = _SPACES.format(
        joined=_JOINED[connection.vendor],
        most=MOST,
        together=_TOGETHER[connection.vendor],
        # Not OR, which would have every space looked at.
        company=""
        if viewer.is_guest
        else "UNION SELECT id FROM spaces_space WHERE kind = 'company'",
    )
    arrived = place_of(viewer.joined_at)
    rows = asked(statement, [viewer.pk, arrived, arrived, *[viewer.pk] * 3])
    return tuple(MenuSpace(*row) for row in rows)


def place_of(moment: datetime) -> int:
    """The place in the streams that belongs to a moment, on the scale of `Entry.listed`."""
    return (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1) * 1000
