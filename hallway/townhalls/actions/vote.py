"""Back questions: many people at once in one transaction, one vote a person for certain."""

import json
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from django.db import connection
from django.db.models import F

from hallway.core.guarding import as_system
from hallway.core.prepared import asked
from hallway.core.writing import writing
from hallway.people.models import Person
from hallway.townhalls.actions.counting import Changed, Floor, Outcome, Wish, changed
from hallway.townhalls.actions.tally import tell_or_owe
from hallway.townhalls.models import Question, Vote
from hallway.townhalls.united import led_to

# Hundreds of rows are one parameter: a statement with a place for each costs more than its work.
_PAIRS = {
    "sqlite": "SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]')"
    " FROM json_each(%s) WHERE true",
    "postgresql": "SELECT * FROM unnest(%s::bigint[], %s::bigint[])",
}
_COME = {
    vendor: f"INSERT INTO townhalls_vote (question_id, person_id) {pairs}"
    " ON CONFLICT DO NOTHING RETURNING question_id"
    for vendor, pairs in _PAIRS.items()
}
_GO = {
    vendor: f"DELETE FROM townhalls_vote WHERE (question_id, person_id) IN ({pairs})"  # noqa: S608
    " RETURNING question_id"
    for vendor, pairs in _PAIRS.items()
}


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
        homeless = {wish.question for wish in wishes if wish.hall is None}
        halls = dict(Question.objects.filter(pk__in=homeless).values_list("pk", "hall_id"))
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

    Exact: the rows that came and went are counted by the statements that write them.
    """
    gained: Counter[int] = Counter()
    for on, statements, sign in ((True, _COME, 1), (False, _GO, -1)):
        pairs = [pair for pair, wish in wanted.items() if wish is on]
        if pairs:
            for (question,) in asked(statements[connection.vendor], _columns(pairs)):
                gained[question] += sign
    # One statement for all questions that gained as many, not one for each question.
    for count in set(gained.values()) - {0}:
        alike = [question for question, more in gained.items() if more == count]
        Question.objects.filter(pk__in=alike).update(votes=F("votes") + count)
    return {question for question, count in gained.items() if count}


def _columns(pairs: Sequence[tuple[int, int]]) -> list[Any]:
    """Pairs of numbers as parameters for `_PAIRS`."""
    if connection.vendor == "sqlite":
        return [json.dumps(pairs)]
    return [[question for question, _ in pairs], [person for _, person in pairs]]
