"""What town halls make known to people: answers and promises to those who back a question."""

from django.db.models import Q

from hallway.entries import access as entries
from hallway.entries.models import Entry
from hallway.journal.reader import Deed
from hallway.notifications.models import Notification
from hallway.notifications.telling import News, tell
from hallway.townhalls.actions.remind import take_reminders
from hallway.townhalls.models import Question, TownHall, Vote
from hallway.townhalls.models.question import VISIBLE

Kind = Notification.Kind

TOLD_AT_ONCE = 5_000
"""People named in one statement; databases bound the numbers it may hold."""


def question(deed: Deed) -> None:
    """Somebody answered a question in writing, or said what becomes of it."""
    kind = {"written": Kind.WRITTEN, "followed_up": Kind.FOLLOWED}.get(deed.detail["change"])
    if kind is None or deed.actor_id is None:
        return
    rows = Question.objects.filter(pk=deed.detail["question"], state__in=VISIBLE)
    found = rows.select_related("hall__entry__space").first()
    if found is None:
        return
    readers = entries.readers_of(found.hall.entry).exclude(pk=deed.actor_id)
    owner = deed.detail.get("owner")
    if owner is not None:
        _tell(list(readers.filter(pk=owner).values_list("pk", flat=True)), Kind.OWNER, deed, found)
    # Who has been given it hears that, and not the same once more.
    concerned = readers.filter(_concerned(found)).exclude(pk=owner or 0)
    _tell(list(concerned.values_list("pk", flat=True)), kind, deed, found)


def reminded(deed: Deed) -> None:
    """A town hall begins in a moment: tell those who wanted to hear it and may still see it."""
    rows = TownHall.objects.filter(Q(pk=deed.entry_id)).select_related("entry__space")
    hall = rows.first()
    if hall is None:
        return
    waiting = take_reminders(hall.pk)
    if not hall.is_announced:
        return
    readers = entries.readers_of(hall.entry).filter(pk__in=waiting)
    entry: Entry = hall.entry
    news = News(Kind.REMINDER, entry.author_id, deed.at, about=entry.pk, latest=entry.pk)
    tell(list(readers.values_list("pk", flat=True)), news)


def _concerned(found: Question) -> Q:
    """Who backs the question, and who asked it or one united with it with their name."""
    backers = Vote.objects.filter(question=found).values("person_id")
    asked = Question.objects.filter(
        Q(pk=found.pk) | Q(into=found) | Q(into__into=found), author__isnull=False
    )
    return Q(pk__in=backers) | Q(pk__in=asked.values("author_id"))


def _tell(people: list[int], kind: Notification.Kind, deed: Deed, found: Question) -> None:
    if deed.actor_id is None:
        return
    hall = found.hall_id
    news = News(kind, deed.actor_id, deed.at, about=hall, latest=hall, question=found.pk)
    for start in range(0, len(people), TOLD_AT_ONCE):
        tell(people[start : start + TOLD_AT_ONCE], news)
