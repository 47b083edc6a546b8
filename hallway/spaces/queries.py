"""What the pages of spaces read: lists of spaces, members, requests and invitations."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from hallway.core.collation import fold
from hallway.people import searching
from hallway.people.access import visible_to
from hallway.people.models import Person
from hallway.spaces import access
from hallway.spaces.models import Invitation, JoinRequest, Membership, Space
from hallway.spaces.paging import SIZE, Page, page
from hallway.spaces.standing import Standing

MOST_WORDS = 6
MOST_OPEN = 50
"""So many requests or invitations are shown at once; answering them brings up the others."""


@dataclass(frozen=True)
class Found:
    """A space in a list: how the viewer stands to it, and its members (None: the whole company)."""

    standing: Standing
    members: int | None


@dataclass(frozen=True)
class Wish:
    """What somebody looks for: words in name or description, a kind ("" any), only their own."""

    words: str = ""
    kind: str = ""
    mine: bool = False


def find(viewer: Person, wish: Wish, after: str) -> tuple[list[Found], str]:
    """A page of the spaces `viewer` may know of, by name, and the cursor of the next page."""
    rows = _matching(access.standings(viewer), wish.words)
    if wish.kind:
        rows = rows.filter(kind=wish.kind)
    if wish.mine:
        rows = rows.filter(access.own(viewer))
    found = page(rows, ("name_key", "pk"), after)
    return with_members(viewer, found.rows), found.next


def invitations(viewer: Person) -> list[Found]:
    """The spaces `viewer` is invited to, the first fifty by name."""
    rows = access.standings(viewer).filter(invitations__person=viewer).order_by("name_key", "pk")
    return with_members(viewer, list(rows[:MOST_OPEN]))


def count_members(space: Space) -> int | None:
    """How many active people belong to `space`; None for the company, to which all belong."""
    return None if space.is_company else access.members_in([space]).count()


def same_name(viewer: Person, name: str) -> QuerySet[Space]:
    """The spaces `viewer` may know of that are called `name`, however it is spelled."""
    return access.visible_to(viewer).filter(owner__isnull=True, name_key=fold(name)[:200])


def search(viewer: Person, text: str, limit: int) -> list[Space]:
    """At most `limit` of the spaces `viewer` may know of that match all words of `text`."""
    return list(_matching(access.visible_to(viewer), text).order_by("name_key", "pk")[:limit])


def members(space: Space, after: str) -> Page[Membership]:
    """A page of the active members, managers first and then by name."""
    rows = access.memberships_of(space).filter(person__is_active=True)
    rows = rows.select_related("person__unit")
    return page(rows, ("role", "person__sort_name", "pk"), after)


def members_called(space: Space, name: str) -> list[Membership]:
    """The members that fit what somebody typed of a name, the best first; at most thirty."""
    people = searching.find(access.members_of(space), name, limit=SIZE)
    rows = access.memberships_of(space).filter(person__in=[found.person for found in people])
    held = {row.person_id: row for row in rows.select_related("person__unit")}
    return [held[found.person.pk] for found in people if found.person.pk in held]


def colleagues_called(standing: Standing, name: str) -> list[Person]:
    """The active people that `standing.viewer` may invite and that fit a name; at most thirty.

    Those who belong already are among them, so that one sees why they cannot be invited.
    """
    people = visible_to(standing.viewer).filter(is_active=True)
    if not standing.invites_guests:
        people = people.filter(kind=Person.Kind.EMPLOYEE)
    return [found.person for found in searching.find(people, name, limit=SIZE)]


def managers(space: Space) -> QuerySet[Membership]:
    """Those who can act as managers of `space`, by name."""
    return (
        access.managers_of(space).select_related("person__unit").order_by("person__sort_name", "pk")
    )


def requests(space: Space) -> QuerySet[JoinRequest]:
    """Open requests of active people, the oldest first."""
    rows = access.requests_of(space).filter(person__is_active=True)
    return rows.select_related("person__unit").order_by("pk")


def invited(space: Space) -> QuerySet[Invitation]:
    """Open invitations of active people, the newest first."""
    rows = access.invitations_of(space).filter(person__is_active=True)
    return rows.select_related("person__unit", "by").order_by("-pk")


def states(space: Space, people: Sequence[Person]) -> dict[int, str]:
    """Which of `people` are a "member", "invited" or have "asked"; the others are not in it."""
    ids = [person.pk for person in people]
    found: dict[int, str] = {}
    for state, rows in (
        ("asked", access.requests_of(space).values_list("person_id", flat=True)),
        ("invited", access.invitations_of(space).values_list("person_id", flat=True)),
        ("member", access.memberships_of(space).values_list("person_id", flat=True)),
    ):
        found |= dict.fromkeys(rows.filter(person_id__in=ids), state)
    return found


def readers_before_and_after(space: Space, openness: str) -> tuple[int, int]:
    """How many people may read `space` now, and how many if its openness were `openness`."""
    changed = Space(pk=space.pk, kind=space.kind, owner_id=space.owner_id, openness=openness)
    return access.readers_of(space).count(), access.readers_of(changed).count()


def _matching(rows: QuerySet[Space], text: str) -> QuerySet[Space]:
    rows = rows.filter(owner__isnull=True)
    for word in fold(text).split()[:MOST_WORDS]:
        rows = rows.filter(search_key__contains=word)
    return rows


def with_members(viewer: Person, spaces: list[Space]) -> list[Found]:
    """These spaces, each with how the viewer stands to it and its members; one query."""
    rows = access.members_in(spaces).order_by().values_list("space_id")
    counts = dict(rows.annotate(count=Count("pk")))
    return [
        Found(
            access.standing_of(viewer, space),
            None if space.is_company else counts.get(space.pk, 0),
        )
        for space in spaces
    ]
