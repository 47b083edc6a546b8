"""Remember how far somebody has read in a space."""

from hallway.core.writing import writing
from hallway.journal.verbs import Verb
from hallway.journal.writer import record
from hallway.people.models import Person
from hallway.spaces.models import Space
from hallway.stream.models import Seen


def see(space: Space, upto: int, *, by: Person) -> bool:
    """Note that `by` has read `space` up to the place `upto`; going back is ignored."""
    with writing():
        row, new = Seen.objects.get_or_create(person=by, space=space, defaults={"upto": upto})
        moved = new or bool(Seen.objects.filter(pk=row.pk, upto__lt=upto).update(upto=upto))
        if moved:
            record(Verb.SPACE_SEEN, actor=by.pk, space=space.pk, person=by.pk)
    return moved
