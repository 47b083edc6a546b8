"""Share an entry into another space."""

from hallway.core.guarding import as_system
from hallway.core.writing import writing
from hallway.entries import access
from hallway.entries.actions import Draft, NotAllowed, publish
from hallway.entries.models import Entry
from hallway.people.models import Person
from hallway.shares.models import Share
from hallway.spaces.models import Space


def share(original: Entry, draft: Draft, space: Space, *, by: Person) -> Entry:
    """Publish `draft` as a note in `space` that carries `original`; the same key publishes once.

    The caller has asked whether `by` may post in `space`. Raises NotAllowed when `by` may not see
    the original (any more), or it stands in `space` already, and what `publish` raises.
    """
    with writing():
        if not access.may(by, "share", original):
            raise NotAllowed("share")
        with as_system("where the original stands now, which its reader may know"):
            if Entry.objects.filter(pk=original.pk, space=space).exists():
                raise NotAllowed("share")
            entry = publish("share", draft, space, by=by)
            Share.objects.get_or_create(entry=entry, defaults={"original": original})
    return entry
