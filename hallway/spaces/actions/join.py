"""Ways into a space: join, ask, be approved or declined, be put in."""

from django.utils import timezone

from hallway.core.text import clean_line
from hallway.journal.verbs import Verb
from hallway.journal.writer import record
from hallway.people.models import Person
from hallway.spaces.access import requests_of
from hallway.spaces.actions.holding import NotAllowed, demand, holding
from hallway.spaces.models import Invitation, JoinRequest, Membership, Space, StayedOut

LONGEST_MESSAGE = 500


def join(space: Space, *, by: Person) -> bool:
    """`by` joins by themselves (open space, or invited); returns whether that is new.

    Raises NotAllowed, for example when the space was closed a moment ago.
    """
    with holding(space, "the rule is asked inside") as held:
        if Membership.objects.filter(space=held, person=by).exists():
            return False
        demand(by, "join", held)
        return put_in(held, by, by=by)


def put_in(space: Space, person: Person, *, by: Person, role: str = Membership.Role.MEMBER) -> bool:
    """Make `person` a member and settle their request and invitation; returns whether new.

    Asks no rule: the caller has let this person in. Employees belong to the company's space
    without a row, so nothing is written for them there. Raises NotAllowed for a guest as manager.
    """
    if role == Membership.Role.MANAGER and person.is_guest:
        raise NotAllowed("a guest manages nothing")
    with holding(space, "the caller may let this person in") as held:
        if held.is_company and not person.is_guest and role == Membership.Role.MEMBER:
            return False
        _, new = Membership.objects.get_or_create(
            space=held, person=person, defaults={"role": role}
        )
        JoinRequest.objects.filter(space=held, person=person).delete()
        Invitation.objects.filter(space=held, person=person).delete()
        StayedOut.objects.filter(space=held, person=person).delete()
        if new:
            record(Verb.MEMBER_JOINED, actor=by.pk, space=held.pk, person=person.pk)
    return new


def ask(space: Space, message: str = "", *, by: Person) -> None:
    """`by` asks the managers of a closed space to be let in; asking twice keeps one request.

    Raises NotAllowed, for example when `by` was let in or declined, or the space was made secret
    meanwhile.
    """
    with holding(space, "the rule is asked inside") as held:
        demand(by, "ask", held)
        # An old answer is over: this is another request.
        JoinRequest.objects.filter(space=held, person=by, declined_at__isnull=False).delete()
        _, new = JoinRequest.objects.update_or_create(
            space=held, person=by, defaults={"message": clean_line(message)[:LONGEST_MESSAGE]}
        )
        if new:
            record(Verb.JOIN_ASKED, actor=by.pk, space=held.pk, person=by.pk)


def withdraw(space: Space, *, by: Person) -> bool:
    """`by` takes their own request back; returns whether there was one."""
    with holding(space, "a request belongs to who asked") as held:
        gone, _ = requests_of(held).filter(person=by).delete()
        return _tell(bool(gone), held, by, by=by, verb=Verb.JOIN_WITHDRAWN)


def approve(space: Space, person: Person, *, by: Person) -> bool:
    """A manager lets in somebody who asked; returns whether a request was still open.

    Raises NotAllowed when `by` does not manage the space (any more).
    """
    with holding(space, "the rule is asked inside") as held:
        demand(by, "manage", held)
        if not requests_of(held).filter(person=person).exists():
            return False
        put_in(held, person, by=by)
    return True


def decline(space: Space, person: Person, *, by: Person) -> bool:
    """A manager declines somebody who asked; returns whether a request was still open.

    The row stays, so that who was declined cannot ask again at once (`Standing.waits`). Raises
    NotAllowed when `by` does not manage the space (any more).
    """
    with holding(space, "the rule is asked inside") as held:
        demand(by, "manage", held)
        declined = requests_of(held).filter(person=person).update(declined_at=timezone.now())
        return _tell(bool(declined), held, person, by=by, verb=Verb.JOIN_DECLINED)


def _tell(done: bool, held: Space, person: Person, *, by: Person, verb: Verb) -> bool:
    if done:
        record(verb, actor=by.pk, space=held.pk, person=person.pk)
    return done
