"""The write transaction of a deed in a space, and the rule asked inside it."""

from collections.abc import Iterator
from contextlib import contextmanager

from hallway.core.guarding import as_system
from hallway.core.writing import writing
from hallway.people.models import Person
from hallway.spaces.access import standing
from hallway.spaces.models import Space
from hallway.spaces.standing import Standing


class NotAllowed(Exception):
    """The rule does not allow this deed, or no longer does."""


@contextmanager
def holding(space: Space, reason: str) -> Iterator[Space]:
    """Run the block in one write transaction while nobody else changes the space or who belongs.

    Yields the space as it is stored now. Deeds about openness and membership of one space
    therefore happen one after the other: on PostgreSQL by a lock on the row of the space (which
    lets people publish meanwhile), on SQLite because there is one writer.
    """
    with writing(), as_system(reason):
        yield Space.objects.select_for_update(no_key=True).get(pk=space.pk)


def demand(by: Person, verb: str, space: Space) -> Standing:
    """Return how `by` stands to the held space; raises NotAllowed unless they may do `verb` now."""
    now = Person.objects.filter(pk=by.pk).first()
    held = standing(now, pk=space.pk)
    if held is None or not held.may(verb):
        raise NotAllowed(verb)
    return held
