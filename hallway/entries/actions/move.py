"""Move an entry with all that answers it to another space."""

from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from hallway.entries import access
from hallway.entries.actions.holding import demand, holding
from hallway.entries.models import Entry, Move
from hallway.journal.verbs import Verb
from hallway.journal.writer import record
from hallway.people.models import Person
from hallway.spaces import access as spaces
from hallway.spaces.actions import NotAllowed
from hallway.spaces.models import Space


class AuthorLosesSight(ValueError):
    """The author may not read where it is to go: nobody's own words are taken from them."""

    def __str__(self) -> str:
        return _("Its author may not read there. Choose another space, or let them in first.")


def move(entry: Entry, space: Space, *, by: Person) -> bool:
    """Let the entry, and all that answers it, stand in `space`; returns whether it stood elsewhere.

    It keeps its place in time, its reactions and who saved it, and loses its pin. Raises NotAllowed
    when `by` may not move it there (any more), and AuthorLosesSight.
    """
    with holding(entry, "the rule is asked inside") as held:
        demand(by, "move", held)
        origin = held.space_id
        if origin == space.pk:
            return False
        if not access.places_to_move(by, held).filter(pk=space.pk).exists():
            raise NotAllowed("move")
        if not keeps_sight(held.author, space):
            raise AuthorLosesSight
        Entry.objects.filter(root=held).update(space=space, version=F("version") + 1)
        Entry.objects.filter(pk=held.pk).update(
            space=space, pinned_at=None, version=F("version") + 1
        )
        Move.objects.create(entry=held, origin_id=origin, by=by)
        detail: dict[str, Any] = {"from": origin, "to": space.pk}
        record(
            Verb.ENTRY_MOVED,
            actor=by.pk,
            space=space.pk,
            entry=held.pk,
            kind=held.kind,
            **detail,
        )
    return True


def keeps_sight(author: Person, space: Space) -> bool:
    """Whether the author may read `space`, if they are still here."""
    return not author.is_active or spaces.readers_of(space).filter(pk=author.pk).exists()
