"""Offer a colleague a place in a space, and take the offer back."""

from hallway.journal.verbs import Verb
from hallway.journal.writer import record
from hallway.people.access import visible_to
from hallway.people.models import Person
from hallway.spaces.actions.holding import NotAllowed, demand, holding
from hallway.spaces.models import Invitation, Membership, Space


def invite(space: Space, person: Person, *, by: Person) -> bool:
    """Invite `person`; returns whether that is new. Members are not invited again.

    Raises NotAllowed when `by` may not invite (guests are invited by managers only) or `person`
    is deactivated or unknown to them.
    """
    with holding(space, "the rule is asked inside") as held:
        inviter = demand(by, "invite", held)
        known = visible_to(inviter.viewer).filter(pk=person.pk, is_active=True).first()
        if known is None or (known.is_guest and not inviter.invites_guests):
            raise NotAllowed("invite")
        if Membership.objects.filter(space=held, person=person).exists():
            return False
        _, new = Invitation.objects.get_or_create(space=held, person=person, defaults={"by": by})
        if new:
            record(Verb.JOIN_INVITED, actor=by.pk, space=held.pk, person=person.pk)
    return new


def decline_invitation(space: Space, *, by: Person) -> bool:
    """`by` does not want the offered place; returns whether there was one."""
    with holding(space, "an invitation belongs to the invited") as held:
        return _withdraw(held, by, by=by)


def withdraw_invitation(space: Space, person: Person, *, by: Person) -> bool:
    """A manager takes an invitation back; returns whether there was one. Raises NotAllowed."""
    with holding(space, "the rule is asked inside") as held:
        demand(by, "manage", held)
        return _withdraw(held, person, by=by)


def _withdraw(held: Space, person: Person, *, by: Person) -> bool:
    gone, _ = Invitation.objects.filter(space=held, person=person).delete()
    if gone:
        record(Verb.JOIN_WITHDRAWN, actor=by.pk, space=held.pk, person=person.pk)
    return bool(gone)
