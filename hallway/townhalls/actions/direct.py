"""Direct a town hall: open the doors, end it, open and close the asking."""

from django.utils import timezone

from hallway.journal.verbs import Verb
from hallway.journal.writer import record
from hallway.people.models import Person
from hallway.townhalls.actions.ask import told
from hallway.townhalls.actions.holding import Closed, holding, touch
from hallway.townhalls.models import Issued, Poll, Presence, Question, SigningKey, TownHall


def open_doors(hall: TownHall, *, by: Person) -> bool:
    """Go on air; returns whether it was not. Raises NotAllowed, and Closed once it has ended."""
    with holding(hall, "host", by=by) as held:
        if held.is_ended:
            raise Closed("hall")
        if held.is_on_air:
            return False
        TownHall.objects.filter(pk=held.pk).update(
            stage=TownHall.Stage.ON_AIR, opened_at=timezone.now(), version=held.version + 1
        )
        touch(held)
        record(Verb.HALL_OPENED, actor=by.pk, space=held.space_id, entry=held.pk)
    return True


def end(hall: TownHall, *, by: Person) -> bool:
    """End it: no more questions and votes; returns whether it was on.

    The private key is destroyed, and who had tokens for questions without a name is forgotten. A
    question still on stage counts as answered there. Raises NotAllowed, and Closed for a hall
    that has not begun.
    """
    with holding(hall, "host", by=by) as held:
        if held.is_ended:
            return False
        if held.opened_at is None:
            raise Closed("hall")
        end_held(held, by=by.pk)
    return True


def end_held(held: TownHall, *, by: int | None) -> None:
    """End a locked hall that is on air; `by` is None where its time has come, which is no deed."""
    now = timezone.now()
    staged = Question.objects.filter(hall=held, state=Question.State.ON_STAGE)
    for question in staged:
        question.state = Question.State.ANSWERED
        question.version += 1
        question.save(update_fields=["state", "version"])
        told(question, held, "answered", by=by)
    Poll.objects.filter(hall=held, state=Poll.State.OPEN).update(state=Poll.State.CLOSED)
    Presence.objects.filter(hall=held).delete()
    destroy_key(held)
    TownHall.objects.filter(pk=held.pk).update(
        stage=TownHall.Stage.ENDED, ended_at=now, answering=None, version=held.version + 1
    )
    touch(held)
    record(Verb.HALL_ENDED, actor=by, space=held.space_id, entry=held.pk)


def destroy_key(held: TownHall) -> None:
    """Destroy the private key of a locked hall; count who had tokens, and forget them."""
    issued = Issued.objects.filter(hall=held)
    # A key that is gone has its number already.
    standing = SigningKey.objects.filter(hall=held).exclude(private="")
    standing.update(private="", issued=issued.count())
    issued.delete()


def close_asking(hall: TownHall, closed: bool, *, by: Person) -> bool:
    """Take no more questions, or take them again; returns whether it changed. Raises NotAllowed."""
    with holding(hall, "moderate", by=by) as held:
        if held.asking_closed == closed or held.is_ended:
            return False
        TownHall.objects.filter(pk=held.pk).update(asking_closed=closed, version=held.version + 1)
        touch(held)
        record(
            Verb.HALL_CHANGED,
            actor=by.pk,
            space=held.space_id,
            entry=held.pk,
            asking=not closed,
        )
    return True
