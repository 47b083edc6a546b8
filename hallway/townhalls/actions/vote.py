"""Back questions: many people at once in one transaction, one vote a person for certain."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import groupby

from django.db.models import F

from hallway.core.guarding import as_system
from hallway.core.writing import writing
from hallway.people.models import Person
from hallway.townhalls.actions.counting import Changed, Floor, Outcome, Wish, changed
from hallway.townhalls.actions.tally import tell_or_owe
from hallway.townhalls.models import Question, Vote
from hallway.townhalls.united import led_to


def vote(question: Question, on: bool, *, by: Person) -> Outcome:
    """Back one question, or take that back, and tell everybody the new count in its turn."""
    news: Changed = {}
    with writing():
        (outcome,) = cast([Wish(by.pk, question.pk, on, question.hall_id)], news)
        for hall, new in news.items():
            tell_or_owe(hall, new)
    return outcome


def cast(wishes: Sequence[Wish], news: Changed | None = None) -> list[Outcome]:
    """Store many wishes in one transaction; returns what became of each, in their order.

    Nothing is told: `news` takes up whose counts changed, for `tally.tell`.
    """
    with writing(), as_system("who may see each hall is asked for all of its voters at once"):
        asked = {wish.question for wish in wishes if wish.hall is None}
        halls = dict(Question.objects.filter(pk__in=asked).values_list("pk", "hall_id"))
        named = [
            wish if wish.hall is not None else replace(wish, hall=halls.get(wish.question))
            for wish in wishes
        ]
        people: dict[int, set[int]] = {}
        for wish in named:
            if wish.hall is not None:
                people.setdefault(wish.hall, set()).add(wish.person)
        return store(named, Floor(people), {} if news is None else news)


def store(wishes: Sequence[Wish], floor: Floor, news: Changed) -> list[Outcome]:
    """Store wishes in halls that are held; returns what became of each, in their order.

    Of several wishes of one person about one question the last counts. Wishes about a question
    that was united with another go to that one. The counts change together with the rows.
    """
    questions = led_to({wish.question for wish in wishes if (wish.hall or 0) in floor})
    outcomes = []
    wanted: dict[tuple[int, int], bool] = {}
    for wish in wishes:
        question = questions.get(wish.question)
        outcome = _judged(wish, question, floor)
        if question is not None and outcome is Outcome.DONE:
            wanted[question.pk, wish.person] = wish.on
        outcomes.append(outcome)
    _forgive_repeats(wishes, questions, outcomes)
    halls = {question.pk: question.hall_id for question in questions.values()}
    for pk in _write(wanted):
        changed(news, halls[pk]).questions.add(pk)
    return outcomes


def recount(question: Question) -> int:
    """Make the count of a question of a held hall equal its rows; returns it."""
    question.votes = Vote.objects.filter(question=question).count()
    Question.objects.filter(pk=question.pk).update(votes=question.votes)
    return question.votes


def _judged(wish: Wish, question: Question | None, floor: Floor) -> Outcome:
    if question is None or question.hall_id != wish.hall:
        return Outcome.UNKNOWN
    hall = floor.hall(wish.hall, wish.person)
    if hall is None or question.state == Question.State.HELD:
        return Outcome.UNKNOWN
    if not hall.takes_votes:
        return Outcome.CLOSED
    return Outcome.DONE if question.takes_votes else Outcome.SETTLED


def _forgive_repeats(
    wishes: Sequence[Wish], questions: dict[int, Question], outcomes: list[Outcome]
) -> None:
    """What comes too late but is as wished already was done in time: its answer was lost."""
    late = {
        at: (questions[wish.question].pk, wish.person)
        for at, wish in enumerate(wishes)
        if outcomes[at] in (Outcome.CLOSED, Outcome.SETTLED)
    }
    if not late:
        return
    held = _rows_near(late.values())
    for at, pair in late.items():
        if (pair in held) == wishes[at].on:
            outcomes[at] = Outcome.DONE


def _rows_near(pairs: Collection[tuple[int, int]]) -> set[tuple[int, int]]:
    """The votes, by question and person, of which `pairs` are some."""
    near = Vote.objects.filter(
        question_id__in={question for question, _ in pairs},
        person_id__in={person for _, person in pairs},
    )
    return set(near.values_list("question_id", "person_id"))


def _write(wanted: dict[tuple[int, int], bool]) -> set[int]:
    """Make the rows as wanted, by question and person; returns the questions that changed.

    Exact, since the hall is held: nobody else changes its votes meanwhile.
    """
    if not wanted:
        return set()
    held = _rows_near(wanted)
    coming = [pair for pair, on in wanted.items() if on and pair not in held]
    going = [pair for pair, on in wanted.items() if not on and pair in held]
    more: dict[int, int] = {}
    for question, _ in coming:
        more[question] = more.get(question, 0) + 1
    for question, _ in going:
        more[question] = more.get(question, 0) - 1
    Vote.objects.bulk_create([Vote(question_id=pair[0], person_id=pair[1]) for pair in coming])
    for question, pairs in groupby(sorted(going), key=lambda pair: pair[0]):
        people = [person for _, person in pairs]
        Vote.objects.filter(question_id=question, person_id__in=people).delete()
    # One statement for all questions that gained as many, not one for each question.
    for count in set(more.values()) - {0}:
        alike = [question for question, gained in more.items() if gained == count]
        Question.objects.filter(pk__in=alike).update(votes=F("votes") + count)
    return {question for question, count in more.items() if count}
