"""Pin an entry above the stream of its space, and unpin it."""

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from hallway.entries.actions.holding import demand, holding
from hallway.entries.models import Entry
from hallway.journal.verbs import Verb
from hallway.journal.writer import record
from hallway.people.models import Person
from hallway.spaces.models import Space

MOST = 3
"""What is to be noticed first must be little."""


class TooManyPinned(ValueError):
    """As many entries as may be are pinned in the space already."""

    def __str__(self) -> str:
        return _("Three posts are pinned here already. Unpin one of them first.")


def pin(entry: Entry, on: bool, *, by: Person) -> bool:
    """Pin the entry in its space or let go of it; returns whether that changed it.

    Raises TooManyPinned, and NotAllowed when `by` does not manage the space (any more).
    """
    with holding(entry, "the rule is asked inside") as held:
        demand(by, "pin", held)
        if (held.pinned_at is not None) == on:
            return False
        if on:
            # Two managers pin at once: the second waits here and counts what the first did.
            space = Space.objects.select_for_update(no_key=True).get(pk=held.space_id)
            if Entry.objects.filter(space=space, pinned_at__isnull=False).count() >= MOST:
                raise TooManyPinned
        Entry.objects.filter(pk=held.pk).update(
            pinned_at=timezone.now() if on else None, version=F("version") + 1
        )
        record(Verb.ENTRY_PINNED, actor=by.pk, space=held.space_id, entry=held.pk, on=on)
    return True
