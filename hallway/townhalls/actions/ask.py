"""Ask a question with one's name, change its words, take it back."""

import uuid
from datetime import datetime
from typing import Any

from django.utils import timezone

from hallway.core.text import clean_line
from hallway.journal.verbs import Verb
from hallway.journal.writer import record
from hallway.people.models import Person
from hallway.spaces.actions import NotAllowed
from hallway.townhalls.actions.holding import Closed, holding, taken_up
from hallway.townhalls.models import Question, TownHall

SHORTEST, LONGEST = 5, 400
"""Characters of a question."""

MOST_WAITING = 10
"""Questions one person may have waiting for an answer in one hall."""

NOT_TAKEN_UP = (Question.State.HELD, Question.State.OPEN)
"""States of a question with which nobody has done anything yet but let it be seen."""


class BadQuestion(ValueError):
    """The words cannot be a question: `why` is `short`, `long` or `many`."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def words_of(text: str) -> str:
    """Clean the words of a question; raises BadQuestion for too few or too many characters."""
    text = clean_line(text)
    if len(text) < SHORTEST:
        raise BadQuestion("short")
    if len(text) > LONGEST:
        raise BadQuestion("long")
    return text


def ask(hall: TownHall, text: str, *, by: Person, key: uuid.UUID | None = None) -> Question:
    """Ask `text` with the name of `by`; the same `key` asks once.

    Raises NotAllowed, BadQuestion, and Closed while the hall takes no questions.
    """
    text = words_of(text)
    with holding(hall, "ask", by=by) as held:
        if key is not None:
            known = Question.objects.filter(author=by, key=key).first()
            if known:
                return known
        if not held.takes_questions:
            raise Closed("asking")
        waiting = Question.objects.filter(hall=held, author=by, state__in=NOT_TAKEN_UP)
        if waiting.count() >= MOST_WAITING:
            raise BadQuestion("many")
        return put(Question(hall=held, author=by, text=text, key=key), held)


def put(question: Question, hall: TownHall) -> Question:
    """Store a new question of the held hall in the state its moderation wants, and record it."""
    held_back = hall.moderation == TownHall.Moderation.BEFORE
    question.state = Question.State.HELD if held_back else Question.State.OPEN
    question.since = None if held_back else this_minute()
    question.save(force_insert=True)
    record(
        Verb.HALL_ASKED,
        actor=question.author_id,
        space=hall.space_id,
        entry=hall.pk,
        question=question.pk,
        held=held_back,
    )
    return question


def edit(question: Question, text: str, *, by: Person, seen: int | None = None) -> Question:
    """Change the words while nobody has taken it up; with moderation before, it waits again.

    Raises NotAllowed, BadQuestion, Closed (taken up or ended meanwhile) and Overtaken.
    """
    text = words_of(text)
    with holding(question.hall, "ask", by=by) as hall:
        held = taken_up(hall, question.pk, seen)
        _demand_own(held, by)
        demand_open(held, hall)
        if held.text != text:
            change_words(held, hall, text)
    return held


def withdraw(question: Question, *, by: Person) -> Question:
    """Take one's question back while nobody has taken it up. Raises NotAllowed, Closed."""
    with holding(question.hall, "ask", by=by) as hall:
        held = taken_up(hall, question.pk, None)
        _demand_own(held, by)
        if held.state == Question.State.WITHDRAWN:
            return held
        demand_open(held, hall)
        take_back(held, hall)
    return held


def change_words(held: Question, hall: TownHall, text: str) -> None:
    """Write new words into a locked question; votes for the old words stay, and it is marked."""
    held.text = text
    held.edited = True
    held.version += 1
    if hall.moderation == TownHall.Moderation.BEFORE:
        held.state, held.since = Question.State.HELD, None
    held.save(update_fields=["text", "edited", "version", "state", "since"])
    told(held, hall, "edited", by=held.author_id)


def take_back(held: Question, hall: TownHall) -> None:
    """Withdraw a locked question; its words are erased, nobody needs them any more."""
    held.state = Question.State.WITHDRAWN
    held.text = ""
    held.version += 1
    held.save(update_fields=["state", "text", "version"])
    told(held, hall, "withdrawn", by=held.author_id)


def told(
    question: Question, hall: TownHall, change: str, *, by: int | None, owner: int | None = None
) -> None:
    """Record what became of a question. `change` names the deed; `by` is None without a name.

    `owner` is who has just been entrusted with it.
    """
    more: dict[str, Any] = {} if owner is None else {"owner": owner}
    record(
        Verb.HALL_QUESTION,
        actor=by,
        space=hall.space_id,
        entry=hall.pk,
        question=question.pk,
        change=change,
        **more,
    )


def this_minute() -> datetime:
    """The present minute, whose seconds would tell more than anybody needs to know."""
    return timezone.now().replace(second=0, microsecond=0)


def is_open(question: Question, hall: TownHall) -> bool:
    """Whether the asker may still change the words or withdraw.

    A question with which others were united belongs to their askers and backers as well.
    """
    return not hall.is_ended and not question.merged and question.state in NOT_TAKEN_UP


def demand_open(held: Question, hall: TownHall) -> None:
    """Raise Closed unless the question of the held hall `is_open`."""
    if not is_open(held, hall):
        raise Closed("question")


def _demand_own(held: Question, by: Person) -> None:
    if held.author_id != by.pk:
        raise NotAllowed("edit")
