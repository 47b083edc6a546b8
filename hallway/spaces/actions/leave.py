"""Ways out of a space; a space never stays without a manager."""

from hallway.journal.verbs import Verb
from hallway.journal.writer import record
from hallway.people.models import Person
from hallway.spaces.access import managers_of
from hallway.spaces.actions.holding import demand, holding
from hallway.spaces.models import Membership, Space, StayedOut
from hallway.spaces.ruling import rules_of


class LastManager(Exception):
    """The deed would leave the space without a manager."""


def leave(space: Space, *, by: Person) -> bool:
    """`by` leaves; returns whether they were a member.

    Raises LastManager, and NotAllowed in the company's space, which nobody leaves.
    """
    with holding(space, "the rule is asked inside") as held:
        if not Membership.objects.filter(space=held, person=by).exists():
            return False
        demand(by, "leave", held)
        return _take_out(held, by, by=by, verb=Verb.MEMBER_LEFT)


def remove(space: Space, person: Person, *, by: Person) -> bool:
    """A manager removes `person`; returns whether they were a member.

    Raises LastManager, and NotAllowed when `by` does not manage the space (any more).
    """
    with holding(space, "the rule is asked inside") as held:
        demand(by, "manage", held)
        return _take_out(held, person, by=by, verb=Verb.MEMBER_REMOVED)


def keep_a_manager(held: Space, person: Person) -> None:
    """Raise LastManager if `person` is the only one who manages the held space."""
    if is_last_manager(held, person):
        raise LastManager


def is_last_manager(space: Space, person: Person) -> bool:
    """Whether the space would stay without a manager if `person` were none.

    Deactivated managers and guests do not count, since they cannot act. Administrators look
    after the company's space, so it may be without managers of its own.
    """
    managers = set(managers_of(space).values_list("person_id", flat=True))
    return managers == {person.pk} and not space.is_company


def _take_out(held: Space, person: Person, *, by: Person, verb: Verb) -> bool:
    keep_a_manager(held, person)
    gone, _ = Membership.objects.filter(space=held, person=person).delete()
    if gone:
        if rules_of(held).exists():
            StayedOut.objects.get_or_create(space=held, person=person)
        record(verb, actor=by.pk, space=held.pk, person=person.pk)
    return bool(gone)
