"""Save an entry to find it again, and let go of it."""

from hallway.entries.actions.holding import demand, holding
from hallway.entries.models import Bookmark, Entry
from hallway.journal.verbs import Verb
from hallway.journal.writer import record
from hallway.people.models import Person


def save(entry: Entry, on: bool, *, by: Person) -> bool:
    """Put the entry on the private list of `by`, or take it off; returns whether that changed it.

    Raises NotAllowed when `by` may not see it (any more).
    """
    with holding(entry, "the rule is asked inside") as held:
        demand(by, "save", held)
        rows = Bookmark.objects.filter(entry=entry, person=by)
        if rows.exists() == on:
            return False
        if on:
            Bookmark.objects.create(entry=entry, person=by)
        else:
            rows.delete()
        record(Verb.ENTRY_SAVED, actor=by.pk, entry=entry.pk, on=on)
    return True
