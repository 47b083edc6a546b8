"""What a person does with their notifications, and the end of old ones."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from hallway.core.guarding import as_system
from hallway.core.writing import writing
from hallway.journal.verbs import Verb
from hallway.journal.writer import record
from hallway.notifications.channels import USUAL, Channels
from hallway.notifications.models import Attention, Choice, Notification
from hallway.notifications.telling import ring
from hallway.people.models import Person

KEPT = timedelta(days=180)
TRIMMED = 1000


def mark_read(*, by: Person, only: int | None = None, until: datetime | None = None) -> int:
    """`by` has read the notification `only`, or all; returns how many were unread.

    With `until`, what was bumped after that moment stays unread: `by` cannot have read it.
    """
    rows = Q() if only is None else Q(pk=only)
    if until is not None:
        rows &= Q(bumped_at__lte=until)
    return _mark(rows, by)


def mark_listed(*, by: Person, until: datetime) -> int:
    """`by` has the list before them: bells no longer count what was bumped up to `until`.

    It stays unread. Returns how many were counted.
    """
    listed: QuerySet[Notification] = QuerySet(Notification).filter(
        person_id=by.pk, read_at__isnull=True, seen_at__isnull=True, bumped_at__lte=until
    )
    if not listed.exists():
        return 0
    with writing():
        marked = listed.update(seen_at=timezone.now())
        if marked:
            ring([by.pk])
    return marked


def mark_seen(
    *,
    by: Person,
    entry: int | None = None,
    space: int | None = None,
    person: int | None = None,
    question: int | None = None,
) -> int:
    """`by` looks at a thread (`entry` is its root), a space, a person or a question of a hall.

    Returns how many were new.

    What the page is about counts as read with it.
    """
    rows = Q()
    if entry is not None:
        rows |= Q(about_id=entry) | Q(about__root_id=entry)
        rows |= Q(kind=Notification.Kind.SHARED, latest_id=entry)
    if space is not None:
        rows |= Q(space_id=space) & ~Q(kind=Notification.Kind.ASKED)
    if person is not None:
        rows |= Q(kind=Notification.Kind.FOLLOWER, actor_id=person)
    if question is not None:
        rows |= Q(question_id=question)
    return _mark(rows, by) if rows else 0


def choose(wanted: Mapping[Notification.Kind, Channels], *, by: Person) -> None:
    """`by` wants to hear of these kinds of news by these ways, of others as before."""
    ways = {kind: chosen for kind, chosen in wanted.items() if chosen != USUAL[kind]}
    rows = [
        Choice(person=by, kind=kind, bell=row.bell, mail=row.mail, push=row.push)
        for kind, row in ways.items()
    ]
    with writing():
        Choice.objects.filter(person=by, kind__in=wanted.keys() - ways.keys()).delete()
        Choice.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["person", "kind"],
            update_fields=["bell", "mail", "push"],
        )
        record(Verb.NOTICE_CHOSEN, actor=by.pk)


def attend(levels: Mapping[int, Attention.Level], *, by: Person) -> None:
    """`by` wants to hear so much of what is written in these spaces (ids), which are their own."""
    unusual = {pk: level for pk, level in levels.items() if level != Attention.Level.HIGHLIGHTS}
    rows = [Attention(person=by, space_id=pk, level=level) for pk, level in unusual.items()]
    with writing():
        Attention.objects.filter(person=by, space__in=levels.keys() - unusual.keys()).delete()
        Attention.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["person", "space"],
            update_fields=["level"],
        )
        record(Verb.NOTICE_CHOSEN, actor=by.pk)


def trim(older_than: timedelta = KEPT) -> int:
    """Delete notifications last bumped longer ago than `older_than`; returns how many."""
    total = 0
    with as_system("age alone decides"):
        old = Notification.objects.filter(bumped_at__lt=timezone.now() - older_than)
        while rows := list(old.order_by("bumped_at").values_list("pk", flat=True)[:TRIMMED]):
            with writing():
                total += Notification.objects.filter(pk__in=rows).delete()[0]
    return total


def _mark(rows: Q, by: Person) -> int:
    # Marking what is hidden at the moment is harmless and keeps the statement cheap.
    unread: QuerySet[Notification] = QuerySet(Notification).filter(
        rows, person_id=by.pk, read_at__isnull=True
    )
    if not unread.exists():
        return 0
    with writing():
        marked = unread.update(read_at=timezone.now())
        if marked:
            ring([by.pk])
    return marked
