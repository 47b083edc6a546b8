"""A person needs some first steps or tips no more."""

from collections.abc import Iterable

from hallway.core.writing import writing
from hallway.journal.verbs import Verb
from hallway.journal.writer import record
from hallway.people.models import Person


def learn(words: Iterable[str], *, by: Person) -> None:
    """Show the steps or tips called `words` to `by` no more, on any of their devices."""
    with writing():
        row = Person.objects.select_for_update().only("learnt").get(pk=by.pk)
        by.learnt = " ".join(sorted({*row.learnt.split(), *words}))
        if by.learnt != row.learnt:
            Person.objects.filter(pk=by.pk).update(learnt=by.learnt)
            record(Verb.PERSON_LEARNT, actor=by.pk, person=by.pk)
