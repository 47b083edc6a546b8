"""Comment on an entry."""

from hallway.entries.actions import Draft, publish
from hallway.entries.models import Entry
from hallway.people.models import Person


def comment(draft: Draft, parent: Entry, *, by: Person) -> Entry:
    """Publish `draft` as an answer to `parent`, an entry or one of its comments."""
    return publish("comment", draft, parent.space, by=by, parent=parent)
