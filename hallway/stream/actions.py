"""Remember how far somebody has read in a space, or that nothing is new to them at all."""

from django.db.models import BigIntegerField, Case, F, Value, When
from django.db.models.functions import Greatest

from hallway.core.writing import writing
from hallway.entries.actions import read_threads
from hallway.journal.verbs import Verb
from hallway.journal.writer import record
from hallway.people.models import Person
from hallway.spaces.models import Space
from hallway.stream.menu import my_menu
from hallway.stream.models import Seen


def see(space: Space, upto: int, *, by: Person) -> bool:
    """Note that `by` has read `space` up to the place `upto`; going back is ignored."""
    with writing():
        row, new = Seen.objects.get_or_create(person=by, space=space, defaults={"upto": upto})
        moved = new or bool(Seen.objects.filter(pk=row.pk, upto__lt=upto).update(upto=upto))
        if moved:
            record(Verb.SPACE_SEEN, actor=by.pk, space=space.pk, person=by.pk)
    return moved


def see_all(space: Space | None = None, *, by: Person) -> None:
    """Note that nothing is new to `by`: in no space and no conversation, or not in `space`.

    Takes a fixed number of statements, however much is new.
    """
    shown = [each for each in my_menu(by) if space is None or each.id == space.pk]
    newest = {each.id: each.newest for each in shown if each.newest > each.after}
    with writing():
        if newest:
            rows = [Seen(person=by, space_id=pk, upto=upto) for pk, upto in newest.items()]
            Seen.objects.bulk_create(rows, ignore_conflicts=True)
            reached = Case(
                *(
                    When(space_id=pk, then=Value(upto, BigIntegerField()))
                    for pk, upto in newest.items()
                ),
                default=F("upto"),
            )
            # Another screen may have gone further meanwhile.
            Seen.objects.filter(person=by).update(upto=Greatest(F("upto"), reached))
        read_threads(by=by, space=space.pk if space else None)
        record(Verb.ALL_SEEN, actor=by.pk, space=space.pk if space else None)
