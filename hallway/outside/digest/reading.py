"""What is in somebody's digest: unread notices by conversation, and what is much discussed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from hallway.entries import access as entries
from hallway.entries.actions.publish import EPOCH
from hallway.entries.models import Entry
from hallway.notifications import queries
from hallway.notifications.channels import OF_WORDS, chosen_by
from hallway.notifications.models import Attention, Notification
from hallway.notifications.sentences import Line, line
from hallway.outside.models import Mailed, Schedule
from hallway.people.models import Person
from hallway.spaces import access as spaces
from hallway.stream.models import Seen

MOST_NOTICES = 30
MOST_POSTS = 5
MOST_COUNTED = 500
CONSIDERED = 300
"""The newest posts among which the most discussed are looked for."""

SETTLING = timedelta(seconds=10)
"""So long a transaction can be under way at most: older posts have all been seen."""

LONGEST = timedelta(days=8)
"""No digest reaches back further for posts, whatever happened to earlier ones."""


@dataclass(frozen=True)
class Conversation:
    """What is new about one thing, the newest first, and the space it is in, or ''."""

    space: str
    lines: Sequence[Line]


@dataclass(frozen=True)
class Digest:
    """What `person` is to be told: all of it, or its newest part and how much `more` there is.

    `notices` are all of them with the moment they were bumped; `until` is up to where posts go.
    """

    person: Person
    conversations: Sequence[Conversation]
    more_notices: int
    posts: Sequence[Entry]
    more_posts: int
    notices: dict[int, datetime]
    until: datetime

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to say."""
        return not self.notices and not self.posts


def read(person: Person, schedule: Schedule, now: datetime) -> Digest:
    """Everything through the access rule, as it is at this moment."""
    waiting = _waiting(person, schedule)
    found = dict(waiting.order_by("-bumped_at").values_list("pk", "bumped_at")[:MOST_COUNTED])
    shown = list(found)[:MOST_NOTICES]
    rows = queries.whole(queries.shown_to(person).filter(pk__in=shown)) if shown else []
    until = now - SETTLING
    posts: Sequence[Entry] = []
    count = 0
    if schedule.rhythm != Schedule.Rhythm.HOURLY:
        told = {row.latest.thread_id for row in rows if row.latest}
        posts, count = _posts(person, schedule, until, told)
    return Digest(
        person=person,
        conversations=_by_conversation(rows, queries.named_in(rows, person)),
        more_notices=len(found) - len(rows),
        posts=posts,
        more_posts=count - len(posts),
        notices=found,
        until=until,
    )


def _waiting(person: Person, schedule: Schedule) -> QuerySet[Notification]:
    """The unread notices that `person` wants by mail and has not been mailed as they stand."""
    kinds = [kind for kind, ways in chosen_by(person.pk).items() if ways.mail]
    mailed = Mailed.objects.filter(notification=OuterRef("pk"), bumped_at=OuterRef("bumped_at"))
    unwanted = Q(kind__in=OF_WORDS, latest__space__in=_unwanted(person))
    rows = queries.shown_to(person).filter(
        ~Exists(mailed), read_at__isnull=True, kind__in=kinds, bumped_at__gte=schedule.begun_at
    )
    return rows.exclude(unwanted)


def _by_conversation(
    rows: Sequence[Notification], seconds: dict[int, Person]
) -> list[Conversation]:
    groups: dict[tuple[str, int], list[Notification]] = {}
    for row in sorted(rows, key=lambda row: row.bumped_at, reverse=True):
        groups.setdefault(_topic(row), []).append(row)
    return [_conversation([line(row, seconds) for row in group]) for group in groups.values()]


def _topic(row: Notification) -> tuple[str, int]:
    if row.latest:
        return "thread", row.latest.thread_id
    if row.space_id:
        return "space", row.space_id
    return "person", row.person_id


def _conversation(lines: Sequence[Line]) -> Conversation:
    row = lines[0].row
    space = row.latest.space if row.latest else row.space
    return Conversation("" if space is None or space.is_wall else space.name, lines)


def _posts(
    person: Person, schedule: Schedule, until: datetime, told: set[int]
) -> tuple[list[Entry], int]:
    """The most discussed of the new posts in one's spaces, and how many new ones there are.

    Neither one's own, nor what one has looked at already, nor what a notice tells of.
    """
    since = max(schedule.covered_until, schedule.begun_at, until - LONGEST)
    own = spaces.my_spaces(person).order_by().exclude(pk__in=_unwanted(person))
    looked_at = Seen.objects.filter(
        person=person, space=OuterRef("space"), upto__gte=OuterRef("listed")
    )
    rows = entries.listed_to(person).filter(
        ~Exists(looked_at),
        space__in=own.values("pk"),
        listed__gt=_last_place(since),
        listed__lte=_last_place(until),
    )
    new = list(
        rows.exclude(author=person)
        .exclude(pk__in=told)
        .order_by("-listed")
        .values_list("pk", "comment_count", "reaction_counts")[:CONSIDERED]
    )
    # A comment is more work than a click.
    weight = {pk: 2 * comments + sum(counts.values()) for pk, comments, counts in new}
    best = sorted(weight, key=lambda pk: -weight[pk])[:MOST_POSTS]
    whole = entries.visible_to(person).filter(pk__in=best)
    loaded = {
        entry.pk: entry
        for entry in whole.select_related("author", "space__owner", "text").defer(
            "text__html", "text__source", "space__description"
        )
    }
    return [loaded[pk] for pk in best if pk in loaded], len(new)


def _unwanted(person: Person) -> QuerySet[Attention, int]:
    """The spaces of which `person` wants to hear nothing."""
    rows = Attention.objects.filter(person=person, level=Attention.Level.NOTHING)
    return rows.values_list("space_id", flat=True)


def _last_place(moment: datetime) -> int:
    """The last place in the streams (`Entry.listed`) that this microsecond has."""
    return (moment - EPOCH) // timedelta(microseconds=1) * 1000 + 999
