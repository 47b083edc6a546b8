"""What is made known of reports: to those who decide, and what they decided to both sides."""

from django.db.models import Q

from hallway.entries.models import Decision, Entry, Report
from hallway.entries.reporting import deciders_of
from hallway.journal.reader import Deed
from hallway.notifications.models import Notification
from hallway.notifications.telling import News, ring, tell
from hallway.spaces import access as spaces

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
    """It is decided: nobody needs to look any more; who reported hears it, and the author."""
    open_before = Notification.objects.filter(kind=Kind.REPORTED, about_id=deed.entry_id)
    ring(open_before.filter(read_at__isnull=True).values_list("person_id", flat=True))
    entry = Entry.objects.filter(Q(pk=deed.entry_id)).select_related("space").first()
    removed = deed.detail.get("outcome") == Decision.Outcome.REMOVED
    if entry is None or deed.actor_id is None:
        return
    reports = Report.objects.filter(decision_id=deed.detail.get("decision") or 0)
    hearing = set(reports.values_list("by_id", flat=True))
    if removed:
        news = News(Kind.JUDGED, deed.actor_id, deed.at, about=entry.pk, latest=entry.pk)
        tell([entry.author_id], news)
    else:
        hearing.add(entry.author_id)
    people = spaces.readers_of(entry.space).filter(pk__in=hearing).exclude(pk=deed.actor_id)
    news = News(Kind.SETTLED, deed.actor_id, deed.at, about=entry.pk, latest=entry.pk)
    tell(list(people.values_list("pk", flat=True)), news)
