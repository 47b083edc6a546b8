"""What town halls hold of a person. Questions without a name are not in it, by construction.

There is no row that says who asked one, so nobody can hand it out and nobody has to erase it.
"""

from collections.abc import Iterable

from hallway.core.guarding import as_system
from hallway.core.writing import writing
from hallway.people.holdings import Holding, Row
from hallway.people.models import Person
from hallway.townhalls.access import visible_to
from hallway.townhalls.actions.ask import is_open, take_back
from hallway.townhalls.models import Ballot, Part, Question, Reminder, TownHall, Vote

OWN = "their own rows, in halls they may see"
GONE = "the person goes"


def _questions(person: Person) -> Iterable[Row]:
    with as_system(OWN):
        rows = Question.objects.filter(author=person).exclude(text="")
        for row in rows.order_by("hall_id", "text").iterator(200):
            yield {
                "hall": f"/halls/{row.hall_id}",
                "question": row.text,
                "state": row.state,
                "votes": row.votes,
            }


def _votes(person: Person) -> Iterable[Row]:
    with as_system(OWN):
        rows = Vote.objects.filter(person=person, question__hall__in=visible_to(person))
        for row in rows.select_related("question").order_by("question_id").iterator(200):
            yield {"hall": f"/halls/{row.question.hall_id}", "question": row.question.text}


def _ballots(person: Person) -> Iterable[Row]:
    with as_system(OWN):
        rows = Ballot.objects.filter(person=person, poll__hall__in=visible_to(person))
        for row in rows.select_related("poll", "option").order_by("pk").iterator(200):
            yield {
                "hall": f"/halls/{row.poll.hall_id}",
                "poll": row.poll.text,
                "answer": row.option.text,
            }


def _parts(person: Person) -> Iterable[Row]:
    with as_system(OWN):
        rows = Part.objects.filter(person=person, hall__in=visible_to(person))
        for row in rows.order_by("pk"):
            yield {"hall": f"/halls/{row.hall_id}", "role": row.role}


def _reminders(person: Person) -> Iterable[Row]:
    with as_system(OWN):
        for row in Reminder.objects.filter(person=person, hall__in=visible_to(person)):
            yield {"hall": f"/halls/{row.hall_id}"}


def _erase_questions(person: Person, words: bool) -> None:
    """Withdraw those that are still theirs to withdraw; on the others' backers and answers hang."""
    if not words:
        return
    with as_system(GONE):
        numbers = list(
            Question.objects.filter(author=person).exclude(text="").values_list("pk", "hall_id")
        )
    for pk, hall_id in numbers:
        with writing(), as_system(GONE):
            locked = TownHall.objects.select_for_update(no_key=True, of=("self",))
            hall = locked.select_related("entry").get(pk=hall_id)
            held = Question.objects.select_for_update(no_key=True).get(pk=pk)
            if is_open(held, hall):
                take_back(held, hall)


def _erase_parts(person: Person, _words: bool) -> None:
    """Of halls still to be held; in those that are over a former member had a part."""
    with writing(), as_system(GONE):
        Part.objects.filter(person=person).exclude(hall__stage=TownHall.Stage.ENDED).delete()


def _erase_reminders(person: Person, _words: bool) -> None:
    with writing(), as_system(GONE):
        Reminder.objects.filter(person=person).delete()


COUNTED = "it stays counted, without a name: the result is that of all who took part"

HELD = (
    Holding(
        "townhalls.Question",
        ("author", "owner"),
        name="questions",
        told=_questions,
        erase=_erase_questions,
    ),
    Holding("townhalls.Vote", ("person",), name="votes", told=_votes, stays=COUNTED),
    Holding("townhalls.Ballot", ("person",), name="ballots", told=_ballots, stays=COUNTED),
    Holding("townhalls.Part", ("person",), name="parts", told=_parts, erase=_erase_parts),
    Holding(
        "townhalls.Reminder", ("person",), name="reminders", told=_reminders, erase=_erase_reminders
    ),
    Holding(
        "townhalls.Issued",
        ("person",),
        untold="it says that somebody may ask without a name, and is forgotten with the town hall",
        stays="it is forgotten with the town hall, and nobody gets tokens twice until then",
    ),
    Holding(
        "townhalls.Change",
        ("by", "owner"),
        untold="it says what became of questions, which is the town hall's record",
        stays="what was promised stays promised, by a former member",
    ),
)
