"""The write transaction of a deed with an entry, and the rule asked inside it."""

from collections.abc import Iterator
from contextlib import contextmanager

from hallway.core.guarding import as_system
from hallway.core.writing import writing
from hallway.entries.access import may
from hallway.entries.models import Entry
from hallway.people.models import Person
from hallway.spaces.actions import NotAllowed


@contextmanager
def holding(entry: Entry, reason: str) -> Iterator[Entry]:
    """Run the block in one write transaction while nobody else changes the entry or its words.

    Yields the entry as it is stored now. On PostgreSQL its row is locked (people comment
    meanwhile), on SQLite there is one writer. A comment is held before what it answers.
    """
    with writing(), as_system(reason):
        yield Entry.objects.select_for_update(no_key=True).get(pk=entry.pk)


def demand(by: Person, verb: str, held: Entry) -> None:
    """Raise NotAllowed unless `by` may do `verb` with the held entry now."""
    if not may(by, verb, held):
        raise NotAllowed(verb)
