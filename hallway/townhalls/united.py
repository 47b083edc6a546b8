"""Questions united with others: which one stays in the end, and which ones went into it.

A question leads to the one it was united with, that perhaps to another, and never back: only what
is open takes others in, and what was united is not open any more. The callers have asked who may
see what; nothing here is shown.
"""

from collections.abc import Iterable, Sequence

from django.db import connection
from django.db.models import QuerySet

from hallway.townhalls.models import Question, Vote
from hallway.townhalls.models.question import VISIBLE


def led_to(ids: Iterable[int], *, words: bool = False) -> dict[int, Question]:
    """The question that each of `ids` leads to: itself, or what it was united with in the end.

    Votes need no `words`, so these are not read then.
    """
    asked = list(ids)
    if not asked:
        return {}
    rows: QuerySet[Question] = QuerySet(Question).defer("answer", "answer_html", "outcome")
    if not words:
        rows = rows.defer("text")
    found = rows.in_bulk(asked)
    known = dict(found)
    while ends := set(filter(None, (each.into_id for each in found.values()))):
        known.update(rows.in_bulk(list(ends - known.keys())))
        found = {pk: known[each.into_id or each.pk] for pk, each in found.items()}
    return found


def gone_into(question: int) -> set[int]:
    """The ids of all questions that lead to `question`, itself among them."""
    rows: QuerySet[Question] = QuerySet(Question)
    found = newest = {question}
    while newest := set(rows.filter(into__in=newest).values_list("pk", flat=True)) - found:
        found = found | newest
    return found


def askers_of(question: Question) -> set[int]:
    """The ids of those who asked `question`, or one that went into it, with their name."""
    rows: QuerySet[Question] = QuerySet(Question).filter(author__isnull=False)
    asked = rows.filter(pk__in=gone_into(question.pk))
    return set(asked.values_list("author_id", flat=True).distinct())


def with_what_stays(own: Sequence[Question]) -> Sequence[Question]:
    """Give each of somebody's own questions, as `stays`, the one that everybody sees in its place.

    None where it was not united with another, or where that one is not seen by everybody now.
    """
    ends = led_to((each.pk for each in own if each.into_id), words=True)
    for each in own:
        end = ends.get(each.pk)
        each.stays = end if end and end.state in VISIBLE else None  # type: ignore[attr-defined]
    return own


def hand_over_votes(question: Question, into: Question) -> None:
    """Let whoever backs `question` back `into`, nobody twice; in one statement, for thousands."""
    table = connection.ops.quote_name(Vote._meta.db_table)
    statement = (
        f"INSERT INTO {table} (question_id, person_id)"  # noqa: S608 - a name of ours
        f" SELECT %s, person_id FROM {table} WHERE question_id = %s ON CONFLICT DO NOTHING"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [into.pk, question.pk])
