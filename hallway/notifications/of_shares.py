"""What is made known of a share: to the author of what is shared, who may see the share."""

from django.db.models import Q

from hallway.journal.reader import Deed
from hallway.notifications.models import Notification
from hallway.notifications.of_comments import readers
from hallway.notifications.of_posts import named_with
from hallway.notifications.telling import News, tell
from hallway.notifications.threads import listening
from hallway.shares.models import Share


def shared(deed: Deed) -> None:
    """Somebody shared an entry; whom the note names hears of it as a mention."""
    rows = Share.objects.filter(Q(entry_id=deed.entry_id))
    share = rows.select_related("entry__space", "original").first()
    if share is None or share.original is None or deed.actor_id is None:
        return
    author, entry = share.original.author_id, share.entry
    if author == deed.actor_id or author in named_with(deed):
        return
    news = News(
        Notification.Kind.SHARED,
        deed.actor_id,
        deed.at,
        about=share.original.pk,
        latest=entry.pk,
        within=entry.space_id,
    )
    tell(readers(entry, listening([author], share.original.pk)), news)
