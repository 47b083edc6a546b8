"""Whether the database holds what was acknowledged; read when the play is over."""

from collections.abc import Iterable

from django.db.models import Count, F

from hallway.core.guarding import as_system
from hallway.simulation.scene import Vote as Told
from hallway.townhalls.models import Ballot, Option, Question, Vote

MOST_SAID = 10  # mistakes of one kind


def audit(
    hall: int,
    votes: Iterable[Told],
    ballots: Iterable[tuple[int, int, int]],
    doubtful: Iterable[tuple[int, int]],
) -> tuple[list[str], dict[str, int]]:
    """All that is wrong, in sentences, and what there is, in numbers.

    `votes` and `ballots` are what was acknowledged, in order for each person; `doubtful` are
    people and questions of which one cannot know whether the vote is there.
    """
    with as_system("the audit of a simulation looks at everything"):
        questions = Question.objects.filter(hall=hall)
        into = dict(questions.filter(into__isnull=False).values_list("pk", "into"))
        rows = Vote.objects.filter(question__hall=hall).exclude(question__state="merged")
        held = list(rows.values_list("person_id", "question_id"))
        chosen = list(Ballot.objects.filter(poll__hall=hall).values_list("person_id", "option_id"))
        counted = {
            "questions": questions.count(),
            "votes": len(held),
            "ballots": len(chosen),
        }
        wrong = _missing(held, votes, doubtful, into)
        there = set(chosen)
        wrong += _first(
            f"{person} answered the poll with {option}, which is not there"
            for person, option in {person: option for person, _, option in ballots}.items()
            if (person, option) not in there
        )
        wrong += _tallies(hall)
        if len(set(held)) < len(held):
            wrong.append(f"{len(held) - len(set(held))} votes are there twice")
    return wrong, counted


def _missing(
    held: list[tuple[int, int]],
    votes: Iterable[Told],
    doubtful: Iterable[tuple[int, int]],
    into: dict[int, int | None],
) -> list[str]:
    """What was acknowledged and is not so.

    Of questions that were united only what is certain is asked for: whoever backed all or none of
    them. In between it depends on which came first, the vote or the union.
    """
    last: dict[tuple[int, int], bool] = {}
    for person, question, on in votes:
        last[person, question] = on
    wanted: dict[tuple[int, int], set[bool]] = {}
    for (person, question), on in last.items():
        wanted.setdefault((person, _end(question, into)), set()).add(on)
    for person, question in doubtful:
        wanted.pop((person, _end(question, into)), None)
    there = set(held)
    return _first(
        f"{person} {'backs' if on == {True} else 'does not back'} {question}, but not in the"
        " database"
        for (person, question), on in wanted.items()
        if len(on) == 1 and ((person, question) in there) != on.copy().pop()
    )


def _tallies(hall: int) -> list[str]:
    """Where a number is not that of its rows."""
    questions = Question.objects.filter(hall=hall).exclude(state="merged")
    options = Option.objects.filter(poll__hall=hall)
    ballots = dict(
        Ballot.objects.filter(poll__hall=hall)
        .values_list("option_id")
        .annotate(rows=Count("pk"))
        .order_by()
    )
    wrong = [
        f"question {pk} says {count} votes and has {rows}"
        for pk, count, rows in questions.annotate(rows=Count("backers"))
        .exclude(rows=F("votes"))
        .values_list("pk", "votes", "rows")
    ]
    wrong += [
        f"option {pk} says {count} votes and has {ballots.get(pk, 0)}"
        for pk, count in options.values_list("pk", "votes")
        if count != ballots.get(pk, 0)
    ]
    return wrong


def _end(question: int, into: dict[int, int | None]) -> int:
    """The question that it was united with in the end."""
    while (following := into.get(question)) is not None:
        question = following
    return question


def _first(sentences: Iterable[str]) -> list[str]:
    """The first few, and how many more there are."""
    said = list(sentences)
    rest = len(said) - MOST_SAID
    return said[:MOST_SAID] + ([f"and {rest} more like this"] if rest > 0 else [])
