"""What is made known of a new comment: to those it concerns and those who follow its thread."""

from collections.abc import Iterable

from django.db.models import Q

from hallway.entries import access as entries
from hallway.entries.models import Entry
from hallway.journal.reader import Deed
from hallway.notifications.models import Notification
from hallway.notifications.of_posts import named_with
from hallway.notifications.telling import TOLD_AT_ONCE, News, tell, tell_later
from hallway.notifications.threads import following, listening

RECENT_COMMENTS = 200
"""A comment is told to the writers of so many before it, so that no thread tells thousands."""


def commented(deed: Deed) -> None:
    """Somebody commented.

    Of those who follow the thread, at most `TOLD_AT_ONCE` are told in one transaction; the rest
    by another row of the journal, whose `after` is the last person told.
    """
    rows = Entry.objects.filter(Q(pk=deed.entry_id))
    entry = rows.select_related("space", "parent", "root").first()
    if entry is None or entry.root is None or entry.parent is None or deed.actor_id is None:
        return
    after = deed.detail.get("after")
    named = deed.detail["named"] if after else sorted(named_with(deed))
    thread = entry.root.pk
    followers = following(thread, after=after or 0, most=TOLD_AT_ONCE + 1)
    concerned = set(followers[:TOLD_AT_ONCE])
    if after is None:
        concerned |= _usual(entry, entry.root, entry.parent)
    concerned -= {deed.actor_id, *named}
    news = News(
        Notification.Kind.REPLY, deed.actor_id, deed.at, thread, entry.pk, within=entry.space_id
    )
    tell(readers(entry, listening(concerned, thread)), news)
    if len(followers) > TOLD_AT_ONCE:
        tell_later(deed, followers[TOLD_AT_ONCE - 1], named, root=thread)


def readers(entry: Entry, people: Iterable[int]) -> list[int]:
    """Those of `people` (ids) who may see the entry at this moment."""
    rows = entries.readers_of(entry).filter(pk__in=set(people))
    return list(rows.values_list("pk", flat=True))


def _usual(entry: Entry, root: Entry, parent: Entry) -> set[int]:
    """The authors of what it answers and of what was said before it."""
    # Who wrote later has seen this comment, however late the reader comes.
    before = Entry.objects.filter(root_id=root.pk, state=Entry.State.PUBLISHED, pk__lt=entry.pk)
    recent = before.order_by("-pk").values_list("author_id", flat=True)[:RECENT_COMMENTS]
    return {root.author_id, parent.author_id, *recent}
