"""Pages of streams: places first, then the cards through the access rule."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import QuerySet

from hallway.core.prepared import Prepared
from hallway.entries import access
from hallway.entries.cards import cards_for
from hallway.entries.mine import mine
from hallway.entries.models import Entry
from hallway.people.models import Follow, Person
from hallway.spaces.models import Space
from hallway.stream.newest import END, Place, newest

PAGE = 20
MOST_FOLLOWED = 300
"""Authors a screen hears of live; of further ones it hears with the next page."""


@dataclass
class Page:
    """Drawn cards (UTF-8), where the next older page begins (or None), the viewer's block.

    `pinned` are those of what stands above the stream of a space. `topics` are what the page has
    to hear of for what stands in its cards.

    `spaces` are those of the cards, where a page cannot know them beforehand.
    """

    cards: Sequence[bytes]
    older: int | None
    mine: dict[str, object] = field(default_factory=dict)
    pinned: Sequence[bytes] = ()
    topics: Sequence[str] = ()
    spaces: Sequence[int] = ()


def home(viewer: Person, before: int = END, *, following_only: bool = False) -> Page:
    """The newest of the viewer's spaces and of those they follow."""
    places = newest(viewer, limit=PAGE + 1, before=before, following_only=following_only)
    return _page(viewer, places)


def followed_by(viewer: Person) -> list[int]:
    """The numbers of those the viewer follows, the latest first, at most `MOST_FOLLOWED`."""
    return [pk for (pk,) in _followed.rows(viewer)]


_followed = Prepared(
    lambda viewer, _ids: (
        Follow.objects.filter(follower_id=viewer.pk)
        .order_by("-pk")
        .values_list("followed_id", flat=True)[:MOST_FOLLOWED]
    )
)


def of_space(viewer: Person, space: Space, before: int = END) -> Page:
    """The stream of one space; what is pinned stands above its first page, and only there."""
    rows = access.listed_to(viewer).filter(space=space, pinned_at__isnull=True)
    pinned = []
    if before == END:
        pinned = list(access.pinned_to(viewer, space).values_list("pk", flat=True))
    return _page(viewer, _places(rows, before), pinned)


def of_person(
    viewer: Person, person: Person, before: int = END, *, also: Person | None = None
) -> Page:
    """What one person published where the viewer may see it, their wall included.

    With `also`, only what that other viewer may see as well.
    """
    entries = access.listed_to(viewer).filter(author=person)
    if also is not None:
        entries = entries.filter(pk__in=access.listed_to(also).order_by().values("pk"))
    return _page(viewer, _places(entries, before))


def of_tag(viewer: Person, tag: str, before: int = END) -> Page:
    """Entries whose words carry the folded `tag`."""
    rows = access.tags_to(viewer).filter(tag=tag, listed__lt=before).order_by("-listed")
    places = [
        Place(pk, listed or 0) for pk, listed in rows.values_list("entry_id", "listed")[: PAGE + 1]
    ]
    page = _page(viewer, places)
    shown = access.visible_to(viewer).filter(pk__in=[place.id for place in places[:PAGE]])
    page.spaces = sorted(set(shown.values_list("space_id", flat=True)))
    return page


def saved_by(viewer: Person, before: int = END) -> Page:
    """What the viewer saved and may still see, the latest first, comments among it.

    Here `before` is the number of a bookmark; `older` is that of the last one shown.
    """
    rows = access.bookmarks_to(viewer).filter(pk__lt=before).order_by("-pk")
    found = list(rows.values_list("entry_id", "pk", "entry__space_id")[: PAGE + 1])
    page = _page(viewer, [Place(pk, bookmark) for pk, bookmark, _ in found])
    page.spaces = sorted({space for *_, space in found[:PAGE]})
    return page


def _places(entries: QuerySet[Entry], before: int) -> list[Place]:
    rows = entries.filter(listed__lt=before).order_by("-listed")
    return [Place(pk, listed or 0) for pk, listed in rows.values_list("pk", "listed")[: PAGE + 1]]


def _page(viewer: Person, places: Sequence[Place], pinned: Sequence[int] = ()) -> Page:
    shown = places[:PAGE]
    cards = cards_for(viewer, [*pinned, *(place.id for place in shown)])
    return Page(
        cards=[cards[place.id] for place in shown if place.id in cards],
        older=shown[-1].listed if len(places) > PAGE else None,
        mine=mine(viewer, cards).as_block(),
        topics=cards.topics,
        pinned=[cards[pk] for pk in pinned if pk in cards],
    )
