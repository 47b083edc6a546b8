"""Follow somebody and stop following."""

from hallway.core.writing import writing
from hallway.journal.verbs import Verb
from hallway.journal.writer import record
from hallway.people.access import visible_to
from hallway.people.models import Follow, Person


def follow(person: Person, *, by: Person) -> bool:
    """Let `by` follow `person`; returns whether that is new.

    Nothing happens with oneself, with somebody who is no longer here, or whom `by` may not know of.
    """
    if person.pk == by.pk:
        return False
    with writing():
        if not visible_to(by).filter(pk=person.pk, is_active=True).exists():
            return False
        _, new = Follow.objects.get_or_create(follower=by, followed=person)
        if new:
            record(Verb.PERSON_FOLLOWED, actor=by.pk, person=person.pk)
    return new


def unfollow(person: Person, *, by: Person) -> bool:
    """Let `by` no longer follow `person`; returns whether anything changed."""
    with writing():
        gone, _ = Follow.objects.filter(follower=by, followed=person).delete()
        if gone:
            record(Verb.PERSON_UNFOLLOWED, actor=by.pk, person=person.pk)
    return bool(gone)
