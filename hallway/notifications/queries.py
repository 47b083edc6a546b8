"""Reading notifications: only what their person may see at this moment is shown or counted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import Q, QuerySet

from hallway.core.guarding import as_system
from hallway.core.prepared import Prepared
from hallway.entries import access as entries
from hallway.entries.reporting import decidable as decidable_entries
from hallway.entries.reporting import is_open
from hallway.notifications.models import Notification
from hallway.people.access import visible_to as people_visible_to
from hallway.people.models import Person
from hallway.spaces import access as spaces
from hallway.spaces.models import Membership
from hallway.townhalls.models.question import VISIBLE

PAGE = 30
MOST_COUNTED = 100
"""The bell says "99+" from here on, so nothing needs to be counted further."""

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

Kind = Notification.Kind


def shown_to(viewer: Person | None) -> QuerySet[Notification]:
    """The notifications of `viewer` about things that `viewer` may still see."""
    if viewer is None or not viewer.is_active:
        return QuerySet(Notification).none()
    return QuerySet(Notification).filter(_may_see(viewer), person_id=viewer.pk)


def unread_count(person: Person | None) -> int:
    """How many notifications are neither read nor seen, for the bell, at most `MOST_COUNTED`."""
    if person is None or not person.is_active:
        return 0
    return len(_unread.rows(person)) if _any.rows(person) else 0


def _unread_of(person: Person, _ids: Sequence[int]) -> QuerySet[Notification, int]:
    rows = shown_to(person).filter(read_at__isnull=True, seen_at__isnull=True).order_by()
    return rows.values_list("pk", flat=True)[:MOST_COUNTED]


_unread = Prepared(_unread_of)

_any = Prepared(
    lambda person, _ids: (
        QuerySet(Notification)
        .filter(person_id=person.pk, read_at__isnull=True, seen_at__isnull=True)
        .values_list("pk", flat=True)[:1]
    )
)
"""Whether there is anything to count at all; where not, the rule need not be asked."""


@dataclass(frozen=True)
class Page:
    """Some notifications, newest first; `older` is the cursor of the next page or ''."""

    rows: list[Notification]
    older: str


def page_of(viewer: Person, before: str = "", size: int = PAGE) -> Page:
    """The newest `size` notifications, or those before the cursor `before`.

    Everything a line shows comes with one statement. Raises ValueError for a broken cursor.
    """
    rows = shown_to(viewer).order_by("-bumped_at", "-pk")
    if before:
        moment, pk = _parsed(before)
        rows = rows.filter(Q(bumped_at__lt=moment) | Q(bumped_at=moment, pk__lt=pk))
    loaded = whole(rows[: size + 1])
    more = len(loaded) > size
    return Page(loaded[:size], cursor_of(loaded[size - 1]) if more else "")


def whole(rows: QuerySet[Notification]) -> list[Notification]:
    """Load notifications with all that their lines show, in one statement."""
    return list(
        rows.select_related(
            "actor",
            "about__author",
            "latest__text",
            "latest__parent",
            "latest__space",
            "space__owner",
            "question",
        ).defer(
            "latest__text__html",
            "latest__text__source",
            "space__description",
            "question__answer",
            "question__answer_html",
        )
    )


def cursor_of(row: Notification) -> str:
    """The place of a row in the list: microseconds since 1970 and its id."""
    return f"{(row.bumped_at - EPOCH) // timedelta(microseconds=1)}.{row.pk}"


def moment_of(cursor: str) -> datetime:
    """When the row at `cursor` was bumped. Raises ValueError."""
    return _parsed(cursor)[0]


def named_in(rows: list[Notification], viewer: Person) -> dict[int, Person]:
    """The second of two actors of each row, whom its sentence names; one statement."""
    seconds = {row.actors[1] for row in rows if len(row.actors) == 2}
    if not viewer.is_guest:
        return Person.objects.in_bulk(seconds)
    with as_system("a guest's own memberships say whom they know"):
        return people_visible_to(viewer).in_bulk(seconds)


def _parsed(cursor: str) -> tuple[datetime, int]:
    micros, _, pk = cursor.partition(".")
    if len(cursor) > 40 or not (cursor.isascii() and micros.isdigit() and pk.isdigit()):
        raise ValueError("a cursor looks like 1763888888123456.45")
    try:
        return EPOCH + timedelta(microseconds=int(micros)), int(pk)
    except OverflowError as error:
        raise ValueError("no such moment") from error


def _may_see(viewer: Person) -> Q:
    with as_system("the viewer's own memberships"):
        managed = Membership.objects.filter(person_id=viewer.pk, role=Membership.Role.MANAGER)
        known = people_visible_to(viewer)
    seen = Q(question__isnull=True) | Q(question__state__in=VISIBLE)
    of_entry = Q(latest__isnull=False) & entries.visible(viewer, "latest__") & seen
    answering = ~Q(kind=Kind.ASKED)
    if not viewer.is_guest:
        answering |= Q(space__in=managed.values("space_id"))
    decidable = decidable_entries(viewer, "latest__") & Q(is_open("latest_id"))
    of_entry &= ~Q(kind__in=[Kind.JUDGED, Kind.SETTLED]) & (~Q(kind=Kind.REPORTED) | decidable)
    # One's own words, which are deleted; why they are is for their author.
    removed = spaces.readable(viewer, "latest__space__")
    of_entry |= removed & Q(kind=Kind.JUDGED, latest__author_id=viewer.pk, latest__state="deleted")
    # That it is decided is told of what stands and of what is gone, without its words.
    of_entry |= removed & Q(kind=Kind.SETTLED)
    of_space = Q(space__in=spaces.visible_to(viewer).values("pk")) & answering
    of_person = Q(kind=Kind.FOLLOWER)
    if viewer.is_guest:
        of_person &= Q(actor__in=known.values("pk"))
    return of_entry | of_space | of_person | Q(kind=Kind.UNSENT)
