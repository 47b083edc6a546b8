"""Moderate questions: release, unite, put on stage, answer, decline.

Every deed takes `seen`, the version of the question on the moderator's screen: when somebody
else has changed it meanwhile, Overtaken is raised and nothing is lost.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db.models import F
from django.utils import timezone

from hallway.core.text import clean_line, clean_text, render
from hallway.people.models import Person
from hallway.townhalls.actions.ask import this_minute, told
from hallway.townhalls.actions.holding import Closed, holding, taken_up
from hallway.townhalls.actions.tally import tell
from hallway.townhalls.actions.vote import recount
from hallway.townhalls.models import Question, TownHall
from hallway.townhalls.united import hand_over_votes

S = Question.State

LONGEST_REASON, LONGEST_ANSWER = 300, 4000


@contextmanager
def _deed(
    question: Question, seen: int | None, by: Person, *states: str
) -> Iterator[tuple[Question, TownHall]]:
    """Hold hall and question; raises NotAllowed, Overtaken, and Closed for another state."""
    with holding(question.hall, "moderate", by=by) as hall:
        held = taken_up(hall, question.pk, seen)
        if held.state not in states:
            raise Closed("question")
        yield held, hall


def release(question: Question, *, by: Person, seen: int | None = None) -> Question:
    """Let everybody see a question that was held back, or one that had been declined."""
    with _deed(question, seen, by, S.HELD, S.DECLINED) as (held, hall):
        _store(held, state=S.OPEN, since=this_minute(), reason="")
        told(held, hall, "released", by=by.pk)
    return held


def decline(question: Question, reason: str, *, by: Person, seen: int | None = None) -> Question:
    """Decline it; the `reason` is public, the question is not. Raises ValueError without one."""
    reason = clean_line(reason)[:LONGEST_REASON]
    if not reason:
        raise ValueError("a reason is needed")
    with _deed(question, seen, by, S.HELD, S.OPEN) as (held, hall):
        _store(held, state=S.DECLINED, reason=reason)
        told(held, hall, "declined", by=by.pk)
    return held


def put_on_stage(question: Question, *, by: Person, seen: int | None = None) -> Question:
    """Put it on stage; what was there before has been answered. Only while on air."""
    with _deed(question, seen, by, S.OPEN, S.ANSWERED, S.WRITTEN) as (held, hall):
        if not hall.is_on_air:
            raise Closed("hall")
        _clear_stage(hall, by)
        second = held.second if held.second is not None else hall.second_of(timezone.now())
        _store(held, state=S.ON_STAGE, second=second)
        _answering(hall, held.pk)
        told(held, hall, "staged", by=by.pk)
    return held


def take_off_stage(question: Question, *, by: Person, seen: int | None = None) -> Question:
    """Take it off the stage unanswered: it stands in the list again."""
    with _deed(question, seen, by, S.ON_STAGE) as (held, hall):
        _store(held, state=S.OPEN, second=None)
        _answering(hall, None)
        told(held, hall, "unstaged", by=by.pk)
    return held


def mark_answered(question: Question, *, by: Person, seen: int | None = None) -> Question:
    """Mark it as answered, at the place in the event where it went on stage, or now."""
    with _deed(question, seen, by, S.OPEN, S.ON_STAGE) as (held, hall):
        _answered(held, hall, by)
        if hall.answering_id == held.pk:
            _answering(hall, None)
    return held


def reopen(question: Question, *, by: Person, seen: int | None = None) -> Question:
    """It was not answered after all."""
    with _deed(question, seen, by, S.ANSWERED, S.WRITTEN) as (held, hall):
        _store(held, state=S.OPEN, second=None)
        told(held, hall, "reopened", by=by.pk)
    return held


def answer(question: Question, text: str, *, by: Person, seen: int | None = None) -> Question:
    """Answer in writing (Markdown); a question answered on stage may get words as well.

    Raises ValueError for nothing or for more than `LONGEST_ANSWER` characters.
    """
    source = clean_text(text)
    if not source.strip() or len(source) > LONGEST_ANSWER:
        raise ValueError("an answer has 1 to 4,000 characters")
    html = render(source, people={}).html
    with _deed(question, seen, by, S.OPEN, S.ANSWERED, S.WRITTEN) as (held, hall):
        state = S.ANSWERED if held.state == S.ANSWERED else S.WRITTEN
        _store(held, state=state, answer=source, answer_html=html)
        told(held, hall, "written", by=by.pk)
    return held


def merge(
    question: Question,
    into: Question,
    *,
    by: Person,
    seen: int | None = None,
    seen_into: int | None = None,
) -> Question:
    """Unite `question` with `into`: whoever backs either backs `into`, nobody counted twice.

    `seen_into` is the version of `into` on the moderator's screen; Overtaken names the one of the
    two that somebody else has changed.
    """
    with _deed(question, seen, by, S.HELD, S.OPEN) as (held, hall):
        target = taken_up(hall, into.pk, seen_into)
        if target.pk == held.pk or target.state not in (S.OPEN, S.ON_STAGE):
            raise Closed("question")
        hand_over_votes(held, target)
        recount(target)
        _store(held, state=S.MERGED, into=target)
        target.merged += 1 + held.merged
        target.version += 1
        target.save(update_fields=["merged", "version"])
        told(held, hall, "merged", by=by.pk)
        told(target, hall, "united", by=by.pk)
        tell(hall.pk, questions=[target.pk])
    return target


def _answered(held: Question, hall: TownHall, by: Person) -> None:
    second = held.second
    if second is None and hall.is_on_air:
        second = hall.second_of(timezone.now())
    _store(held, state=S.ANSWERED, second=second)
    told(held, hall, "answered", by=by.pk)


def _clear_stage(hall: TownHall, by: Person) -> None:
    staged = Question.objects.select_for_update(no_key=True).filter(hall=hall, state=S.ON_STAGE)
    for other in staged:
        _answered(other, hall, by)


def _answering(hall: TownHall, question: int | None) -> None:
    TownHall.objects.filter(pk=hall.pk).update(answering=question, version=F("version") + 1)


def _store(held: Question, **columns: object) -> None:
    for name, value in columns.items():
        setattr(held, name, value)
    held.version += 1
    held.save(update_fields=[*columns, "version"])
