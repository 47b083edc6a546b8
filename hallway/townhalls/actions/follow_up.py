"""After the town hall: an owner and a date for each open question, until it is done."""

from datetime import date

from django.utils import timezone

from hallway.core.text import clean_text
from hallway.people.models import Person
from hallway.spaces.actions import NotAllowed
from hallway.townhalls.access import may, readers_of
from hallway.townhalls.actions.ask import told
from hallway.townhalls.actions.holding import Closed, holding, taken_up
from hallway.townhalls.models import Change, Question
from hallway.townhalls.models.question import VISIBLE


def follow_up(
    question: Question,
    *,
    owner: Person | None,
    due: date | None,
    outcome: str,
    done: bool,
    by: Person,
    seen: int | None = None,
) -> Question:
    """Say who takes care of it until when, what came of it, and whether that settles it.

    By whoever moderates, or by its owner. Every change is kept; all who backed it hear of it.
    Raises NotAllowed, Overtaken, Closed for a question nobody sees, and ValueError when `owner`
    may not see the hall.
    """
    outcome = clean_text(outcome)[:600]
    with holding(question.hall, "see", by=by) as hall:
        held = taken_up(hall, question.pk, seen)
        if held.owner_id != by.pk and not may(by, "follow_up", hall):
            raise NotAllowed("follow_up")
        if held.state not in VISIBLE:
            raise Closed("question")
        if owner is not None and not readers_of(hall).filter(pk=owner.pk).exists():
            raise ValueError("the owner must be able to see the hall")
        now = (held.owner_id, held.due, held.done, held.outcome)
        if now == (owner.pk if owner else None, due, done, outcome):
            return held
        entrusted = owner.pk if owner and owner.pk != held.owner_id else None
        held.owner, held.due, held.done, held.outcome = owner, due, done, outcome
        held.version += 1
        held.save(update_fields=["owner", "due", "done", "outcome", "version"])
        Change.objects.create(
            question=held,
            by=by,
            at=timezone.now(),
            owner=owner,
            due=due,
            done=done,
            outcome=outcome,
        )
        told(held, hall, "followed_up", by=by.pk, owner=entrusted)
    return held
