"""The write transaction of a deed in a town hall, and the rule asked inside it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.models import F

from hallway.core.guarding import as_system
from hallway.core.writing import writing
from hallway.entries.models import Entry
from hallway.people.models import Person
from hallway.spaces.actions import NotAllowed
from hallway.townhalls.access import may
from hallway.townhalls.models import Question, TownHall


class Closed(Exception):
    """It is too late, or too early, for this deed; `why` says what is closed.

    One of `asking`, `voting`, `question` (taken up or settled), `poll`, `hall`.
    """

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Overtaken(Exception):
    """Somebody else changed the question since this screen was drawn; `now` is how it is."""

    def __init__(self, now: Question) -> None:
        super().__init__(now.pk)
        self.now = now


@contextmanager
def holding(hall: TownHall, verb: str, *, by: Person) -> Iterator[TownHall]:
    """Run the block in one write transaction while nobody else directs this hall.

    Yields the hall as it is stored now, with its entry. Raises NotAllowed unless `by` may do
    `verb` in it now.
    """
    with writing(), as_system("the rule is asked inside"):
        held = (
            TownHall.objects.select_for_update(no_key=True, of=("self",))
            .select_related("entry")
            .get(pk=hall.pk)
        )
        if not may(by, verb, held):
            raise NotAllowed(verb)
        yield held


def taken_up(hall: TownHall, pk: int, seen: int | None) -> Question:
    """The question `pk` of the held hall, locked; raises Overtaken if its version is not `seen`.

    None for `seen` takes it however it is. Raises Question.DoesNotExist.
    """
    question = Question.objects.select_for_update(no_key=True).get(pk=pk, hall=hall)
    if seen is not None and question.version != seen:
        raise Overtaken(question)
    return question


def touch(hall: TownHall) -> None:
    """Note that the card of the hall looks different from now on."""
    Entry.objects.filter(pk=hall.pk).update(version=F("version") + 1)
