"""For each door a fault: the rule switched off at that door and nowhere else."""

import importlib
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest

from hallway.core.prepared import Prepared
from hallway.entries import access as entries
from hallway.entries.cards import Cards, draw
from hallway.entries.models import (
    Attachment,
    Bookmark,
    Entry,
    EntryTag,
    Reaction,
    Revision,
    Text,
    Upload,
)
from hallway.notifications.models import Notification
from hallway.people.models import Person
from hallway.scheduled import access as scheduled
from hallway.scheduled.models import Picture, Scheduled
from hallway.shares.models import Share
from hallway.spaces import access as spaces
from hallway.spaces.models import Invitation, JoinRequest, Space
from hallway.spaces.standing import Standing
from hallway.stream import menu as stream_menu
from hallway.stream import newest as stream_newest
from hallway.townhalls import access as townhalls
from hallway.townhalls.models import Question, TownHall


@dataclass(frozen=True)
class Fault:
    """`value` in the place of `name` in `module`: "hallway.stream.queries", "cards_for"."""

    module: str
    name: str
    value: Any

    def into(self, stack: ExitStack) -> None:
        """Put it in until the stack closes. Fails if there is no such name, so faults stay real."""
        stack.enter_context(
            patch.object(importlib.import_module(self.module), self.name, self.value)
        )


def all_of(model: Any) -> Callable[..., QuerySet[Any]]:
    """A rule that lets everything through."""
    return lambda *_: QuerySet(model).all()


def without(module: Any, **loose: Any) -> SimpleNamespace:
    """The access rule as one door uses it, with some functions let loose."""
    assert all(hasattr(module, name) for name in loose)
    return SimpleNamespace(**{**vars(module), **loose})


ENTRIES = without(
    entries,
    visible_to=all_of(Entry),
    texts_to=all_of(Text),
    revisions_to=all_of(Revision),
    reactions_to=all_of(Reaction),
    images_to=all_of(Attachment),
    tags_to=all_of(EntryTag),
    bookmarks_to=lambda viewer: QuerySet(Bookmark).filter(person_id=viewer.pk),
    listed_to=lambda _: QuerySet(Entry).filter(listed__isnull=False),
    uploads_of=all_of(Upload),
    may=lambda *_: True,
)
PEOPLE = SimpleNamespace(visible_to=all_of(Person))
HALLS = without(
    townhalls,
    visible_to=all_of(TownHall),
    questions_to=all_of(Question),
    desk_questions=lambda viewer, hall, **_: QuerySet(Question).filter(hall=hall),
    may=lambda *_: True,
)


def any_cards(viewer: Person, ids: Any) -> Cards:
    """Cards for everybody."""
    return Cards((pk, html.encode()) for pk, html in draw(ids).items())


def all_halls(_: Any, ids: Any) -> QuerySet[TownHall, Any]:
    """Which halls may be seen: all of them."""
    return QuerySet(TownHall).filter(pk__in=ids).values_list("pk")


def any_standing(request: HttpRequest, slug: str, verb: str = "") -> Standing:
    """Rooms that are shown to everybody as if they could read there, whatever is asked for."""
    space = QuerySet(Space).filter(slug=slug).first()
    if space is None:
        raise Http404
    found = spaces.standing(request.user, pk=space.pk)  # type: ignore[arg-type]
    blank = Standing(request.user, space, True, None, False, False, None, False)  # type: ignore[arg-type]
    return replace(found, reads=True) if found else blank


def all_standings(viewer: Person) -> QuerySet[Space]:
    """Rooms with how somebody stands to them, hidden ones among them."""
    with patch.object(spaces, "visible_to", all_of(Space)):
        return _standings(viewer)


def all_unread(viewer: Person, _: Any) -> QuerySet[Notification, Any]:
    """What the bell counts, hidden things among it."""
    rows = QuerySet(Notification).filter(person_id=viewer.pk, read_at__isnull=True)
    return rows.values_list("pk", flat=True)


_standings = spaces.standings

CARDS = Fault("hallway.stream.queries", "cards_for", any_cards)
LISTS = Fault("hallway.stream.queries", "access", ENTRIES)
FREE_STANDING = "standing_or_404"


def _loose_sources() -> list[Fault]:
    """Home asks the rule in SQL for those one follows, and again for the cards."""
    loose = stream_newest._READABLE.replace("(({employee}", "(1=1 OR ({employee}")
    assert loose != stream_newest._READABLE
    return [Fault("hallway.stream.newest", "_READABLE", loose), CARDS]


def _loose_menu() -> list[Fault]:
    # Memberships of anybody instead of one's own, so that all rooms with members appear.
    statement = stream_menu._SPACES.replace("WHERE person_id = %s", "WHERE 0 <> %s")
    assert statement != stream_menu._SPACES
    return [Fault("hallway.stream.menu", "_SPACES", statement)]


FAULTS: dict[str, list[Fault]] = {
    "home": _loose_sources(),
    "following": _loose_sources(),
    "space": [Fault("hallway.spaces.views.showing", FREE_STANDING, any_standing)],
    "profile": [LISTS, CARDS],
    "tag": [LISTS, CARDS],
    "saved": [LISTS, CARDS],
    "notifications": [Fault("hallway.notifications.queries", "_may_see", lambda _: Q(pk__gt=0))],
    "push": [Fault("hallway.notifications.queries", "_may_see", lambda _: Q(pk__gt=0))],
    "digest": [Fault("hallway.notifications.queries", "_may_see", lambda _: Q(pk__gt=0))],
    "deciding": [
        Fault(
            "hallway.notifications.deciding",
            "spaces",
            without(spaces, requests_to=all_of(JoinRequest), invitations_to=all_of(Invitation)),
        )
    ],
    "bell": [Fault("hallway.notifications.queries", "_unread", Prepared(all_unread))],
    "menu": _loose_menu(),
    "directory of spaces": [
        Fault("hallway.spaces.queries", "access", without(spaces, standings=all_standings))
    ],
    "directory of people": [Fault("hallway.people.directory", "access", PEOPLE)],
    "circles": [Fault("hallway.people.queries", "access", PEOPLE)],
    "team": [Fault("hallway.people.chart", "access", PEOPLE)],
    "unit": [Fault("hallway.people.tree", "access", PEOPLE)],
    "search for people": [Fault("hallway.people.queries", "access", PEOPLE)],
    "search for spaces": [
        Fault("hallway.spaces.queries", "access", without(spaces, visible_to=all_of(Space)))
    ],
    "search for tags": [Fault("hallway.stream.tags", "access", ENTRIES)],
    "completion of people": [Fault("hallway.people.queries", "access", PEOPLE)],
    "completion in a space": [Fault("hallway.spaces.views.finding", FREE_STANDING, any_standing)],
    "completion by number": [
        Fault("hallway.spaces.views.finding", "access", without(spaces, readable_by=all_of(Space)))
    ],
    "rooms about themselves": [Fault("hallway.spaces.views.showing", FREE_STANDING, any_standing)],
    "managing a space": [
        Fault(f"hallway.spaces.views.{view}", FREE_STANDING, any_standing)
        for view in ("managing", "ruling")
    ],
    "founding a space": [Fault("hallway.spaces.views.founding", FREE_STANDING, any_standing)],
    "where to post": [
        Fault("hallway.posts.queries", "spaces", without(spaces, postable_by=all_of(Space)))
    ],
    "permalink": [Fault("hallway.comments.views", "access", ENTRIES)],
    "conversation": [
        Fault("hallway.comments.queries", "access", ENTRIES),
        Fault("hallway.comments.queries", "cards_for", any_cards),
    ],
    "a comment answered": [Fault("hallway.comments.views", "access", ENTRIES)],
    "menu of an entry": [Fault("hallway.entries.views.menu", "access", ENTRIES)],
    "share": [Fault("hallway.shares.cards", "carried_to", all_of(Share))],
    "scheduled": [
        Fault(
            "hallway.scheduled.views",
            "access",
            without(scheduled, scheduled_of=all_of(Scheduled), pictures_of=all_of(Picture)),
        )
    ],
    "why": [Fault("hallway.stream.views", "entries", ENTRIES)],
    "reporting": [Fault("hallway.entries.views.report", "access", ENTRIES)],
    "reported": [Fault("hallway.entries.reporting", "decidable", lambda *_: Q())],
    "edit": [Fault("hallway.entries.views.change", "access", ENTRIES)],
    "move": [Fault("hallway.entries.views.move", "access", ENTRIES)],
    "history": [
        Fault("hallway.entries.views.read", "access", ENTRIES),
        Fault("hallway.entries.versions", "access", ENTRIES),
    ],
    "reactions": [Fault("hallway.entries.views.read", "access", ENTRIES)],
    "image": [Fault("hallway.entries.views.image", "access", ENTRIES)],
    "picture sent ahead": [Fault("hallway.entries.views.ahead", "access", ENTRIES)],
    "photo": [Fault("hallway.people.queries", "access", PEOPLE)],
    "cover": [Fault("hallway.people.queries", "access", PEOPLE)],
    "town hall": [Fault("hallway.townhalls.queries", "_seen", Prepared(all_halls))],
    "desk": [Fault("hallway.townhalls.views.loading", "access", HALLS)],
    "question": [Fault("hallway.townhalls.views.guarding", "access", HALLS)],
    "announcing a town hall": [
        Fault(
            "hallway.townhalls.views.announcing",
            "access",
            without(townhalls, spaces_to_announce_in=all_of(Space)),
        )
    ],
    "live ticket": [
        Fault("hallway.hub.views", "visible_topics", lambda person, topics: frozenset(topics))
    ],
}
