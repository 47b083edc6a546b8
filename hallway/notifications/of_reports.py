"""What is made known of reports: to those who decide, and a removal to the author."""

from django.db.models import Q

from hallway.entries.models import Decision, Entry
from hallway.entries.reporting import deciders_of
from hallway.journal.reader import Deed
from hallway.notifications.models import Notification
from hallway.notifications.telling import News, ring, tell

Kind = Notification.Kind


def reported(deed: Deed) -> None:
    """Somebody reported an entry; who reported is not told of it."""
    entry = Entry.objects.filter(Q(pk=deed.entry_id)).select_related("space").first()
    if entry is None or deed.actor_id is None:
        return
    people = deciders_of(entry).exclude(pk=deed.actor_id)
    news = News(Kind.REPORTED, deed.actor_id, deed.at, about=entry.pk, latest=entry.pk)
    tell(list(people.values_list("pk", flat=True)), news)


def judged(deed: Deed) -> None:
    """It is decided: nobody needs to look any more, and the author hears of a removal."""
    open_before = Notification.objects.filter(kind=Kind.REPORTED, about_id=deed.entry_id)
    ring(open_before.filter(read_at__isnull=True).values_list("person_id", flat=True))
    entry = Entry.objects.filter(Q(pk=deed.entry_id)).first()
    removed = deed.detail.get("outcome") == Decision.Outcome.REMOVED
    if entry is not None and deed.actor_id is not None and removed:
        news = News(Kind.JUDGED, deed.actor_id, deed.at, about=entry.pk, latest=entry.pk)
        tell([entry.author_id], news)
