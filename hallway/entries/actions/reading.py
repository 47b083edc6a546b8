"""Remember how far somebody has read in conversations, for as long as it is of use."""

from datetime import datetime, timedelta

from django.db.models import F, Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest
from django.utils import timezone

from hallway.core.guarding import as_system
from hallway.core.writing import writing
from hallway.entries import access
from hallway.entries.actions.publish import place
from hallway.entries.models import Entry, ThreadMark
from hallway.journal.verbs import Verb
from hallway.journal.writer import record
from hallway.people.models import Person

KEPT = timedelta(days=90)
"""So long after one last opened a conversation, or wrote a post, comments on it count as new."""

TRIMMED = 1000


def read_thread(pk: int, upto: int, *, by: Person) -> bool:
    """Note that `by` has had the comments of conversation `pk` up to number `upto` before them.

    Going back is ignored, and so is a conversation that they may not see. Returns whether anything
    changed; to open once more what has not changed writes nothing.
    """
    marks = ThreadMark.objects.filter(person=by, thread_id=pk)
    before = marks.values_list("upto", flat=True).first()
    if before is not None and before >= upto:
        return False
    root = access.visible_to(by).filter(pk=pk, root__isnull=True).first()
    if root is None:
        return False
    upto = max(pk, min(upto, _newest(root)))
    with writing():
        ThreadMark.objects.bulk_create(
            [ThreadMark(person=by, thread=root, upto=upto, opened_at=timezone.now())],
            ignore_conflicts=True,
        )
        marks.filter(upto__lt=upto).update(upto=upto, opened_at=timezone.now())
        record(Verb.THREAD_READ, actor=by.pk, space=root.space_id, entry=pk, upto=upto)
    return True


def begin_reading(root: Entry, *, by: Person) -> None:
    """Count what is said in a conversation from now on as new to `by`, if nothing is so far."""
    own = root.author_id == by.pk
    if not own and not ThreadMark.objects.filter(person=by, thread=root).exists():
        read_thread(root.pk, _newest(root), by=by)


def read_threads(*, by: Person, space: int | None = None) -> None:
    """Note that nothing is new to `by` in any conversation, or in any of one space.

    Takes a fixed number of statements. Call inside a write transaction whose deed is recorded.
    """
    with as_system("one's own marks, whatever one may read now"):
        own = Entry.objects.filter(author=by, listed__gt=since(timezone.now()), comment_count__gt=0)
        if space is not None:
            own = own.filter(space_id=space)
        rows = [
            ThreadMark(person=by, thread=entry, upto=entry.pk, opened_at=timezone.now())
            for entry in own
        ]
        ThreadMark.objects.bulk_create(rows, ignore_conflicts=True)
        marks = ThreadMark.objects.filter(person=by)
        if space is not None:
            marks = marks.filter(thread__space_id=space)
        newest = (
            Entry.objects.filter(root_id=OuterRef("thread_id"))
            .order_by()
            .values("root_id")
            .annotate(newest=Max("pk"))
            .values("newest")
        )
        marks.update(upto=Greatest(F("upto"), Coalesce(Subquery(newest), 0)))


def since(now: datetime) -> int:
    """The place in the streams from which on one's own posts count without being opened."""
    return place(now - KEPT, 0)


def trim(older_than: timedelta = KEPT) -> int:
    """Forget conversations not opened for longer than `older_than`; returns how many."""
    total = 0
    old: QuerySet[ThreadMark] = ThreadMark.objects.filter(opened_at__lt=timezone.now() - older_than)
    while rows := list(old.order_by("opened_at").values_list("pk", flat=True)[:TRIMMED]):
        with writing():
            total += ThreadMark.objects.filter(pk__in=rows).delete()[0]
    return total


def _newest(root: Entry) -> int:
    with as_system("a number nobody has yet must not hide what comes to have it"):
        rows = Entry.objects.filter(root=root).order_by("-pk")
        return rows.values_list("pk", flat=True).first() or root.pk
