"""What town halls make known to people: answers and promises to those who back a question."""

from django.db.models import Q

from hallway.entries import access as entries
from hallway.entries.models import Entry
from hallway.journal.reader import Deed
from hallway.journal.verbs import Verb
from hallway.journal.writer import record
from hallway.notifications.models import Notification
from hallway.notifications.telling import News, tell
from hallway.townhalls.actions.remind import AT_ONCE, take_reminders
from hallway.townhalls.models import Question, TownHall, Vote
from hallway.townhalls.models.question import VISIBLE
from hallway.townhalls.united import gone_into

Kind = Notification.Kind


def question(deed: Deed) -> None:
    """Somebody answered a question in writing, or said what becomes of it.

    At most `AT_ONCE` people are told in one transaction; the rest by another row of the journal,
    whose `after` is the last person told.
    """
    kind = {"written": Kind.WRITTEN, "followed_up": Kind.FOLLOWED}.get(deed.detail["change"])
    if kind is None or deed.actor_id is None:
        return
    rows = Question.objects.filter(pk=deed.detail["question"], state__in=VISIBLE)
    found = rows.select_related("hall__entry__space").first()
    if found is None:
        return
    readers = entries.readers_of(found.hall.entry).exclude(pk=deed.actor_id)
    owner, after = deed.detail.get("owner"), deed.detail.get("after")
    if owner is not None and after is None:
        _tell(list(readers.filter(pk=owner).values_list("pk", flat=True)), Kind.OWNER, deed, found)
    # Who has been given it hears that, and not the same once more.
    concerned = readers.filter(_concerned(found), pk__gt=after or 0).exclude(pk=owner or 0)
    people = list(concerned.order_by("pk").values_list("pk", flat=True)[: AT_ONCE + 1])
    _tell(people[:AT_ONCE], kind, deed, found)
    if len(people) > AT_ONCE:
        record(
            Verb.HALL_TELLING,
            actor=deed.actor_id,
            space=deed.space_id,
            entry=deed.entry_id,
            **{**deed.detail, "after": people[AT_ONCE - 1]},
        )


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
    asked = Question.objects.filter(pk__in=gone_into(found.pk), author__isnull=False)
    return Q(pk__in=backers) | Q(pk__in=asked.values("author_id"))


def _tell(people: list[int], kind: Notification.Kind, deed: Deed, found: Question) -> None:
    if deed.actor_id is None:
        return
    hall = found.hall_id
    news = News(kind, deed.actor_id, deed.at, about=hall, latest=hall, question=found.pk)
    tell(people, news)
