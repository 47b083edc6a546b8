"""What is made known of a new post: to those who want to hear of every post of its space."""

from django.db.models import Q

from hallway.entries import access as entries
from hallway.entries.models import Entry
from hallway.journal.reader import Deed, read
from hallway.journal.verbs import Verb
from hallway.notifications.models import Attention, Notification
from hallway.notifications.telling import TOLD_AT_ONCE, News, tell, tell_later


def posted(deed: Deed) -> None:
    """Somebody posted. Nobody is told who did not ask for it, however many read the space.

    At most `TOLD_AT_ONCE` people are told in one transaction; the rest by another row of the
    journal, whose `after` is the last person told.
    """
    asked = Attention.objects.filter(Q(space_id=deed.space_id, level=Attention.Level.ALL))
    asked = asked.filter(person_id__gt=deed.detail.get("after") or 0)
    if deed.actor_id is None or not asked.exists():
        return
    entry = Entry.objects.filter(Q(pk=deed.entry_id)).select_related("space").first()
    if entry is None:
        return
    named = deed.detail["named"] if "named" in deed.detail else sorted(named_with(deed))
    readers = entries.readers_of(entry).filter(pk__in=asked.values("person_id"))
    others = readers.exclude(pk__in=[deed.actor_id, *named]).order_by("pk")
    people = list(others.values_list("pk", flat=True)[: TOLD_AT_ONCE + 1])
    kind = Notification.Kind.POSTED
    news = News(kind, deed.actor_id, deed.at, entry.pk, entry.pk, within=entry.space_id)
    tell(people[:TOLD_AT_ONCE], news)
    if len(people) > TOLD_AT_ONCE:
        tell_later(deed, people[TOLD_AT_ONCE - 1], named)


def named_with(deed: Deed) -> set[int]:
    """Whom the words just published name: their rows follow in the same transaction.

    They hear of the entry as a mention, so not as a comment too.
    """
    named: set[int] = set()
    place = deed.position
    while following := read(place, 20):
        for next_deed in following:
            if next_deed.verb != Verb.MENTIONED or next_deed.entry_id != deed.entry_id:
                return named
            if next_deed.person_id is not None:
                named.add(next_deed.person_id)
        place = following[-1].position
    return named
