"""An administrator asks somebody in by mail."""

from collections.abc import Iterator

from django.db import IntegrityError
from django.utils.translation import gettext_lazy

from hallway.accounts.actions.refusal import Refused
from hallway.accounts.finding import person_with, without_password
from hallway.accounts.mail import INVITATION
from hallway.accounts.models import Invitation
from hallway.audit.models import Deed
from hallway.audit.writer import note
from hallway.company.present import company
from hallway.core.writing import writing
from hallway.outbox.actions import post
from hallway.people.actions import add_person
from hallway.people.administering import demand_administrator
from hallway.people.models import Person


def invite(
    email: str,
    name: str,
    *,
    by: Person,
    kind: str = Person.Kind.EMPLOYEE,
    language: str | None = None,
) -> Invitation:
    """Owe `email` a mail with which they choose a password; creates the person if need be.

    Somebody imported keeps their name, kind and language. Raises PermissionDenied unless `by`
    is an administrator, Refused for those who have a password or left.
    """
    try:
        with writing():
            demand_administrator(by)
            person = person_with(email)
            if person is None:
                person = add_person(
                    email, name, by=by, kind=kind, language=language or company().language
                )
            invitation = renew_invitation(person, by)
            note(Deed.PERSON_INVITED, by=by.pk, person=person.pk, after=person.kind)
            return invitation
    except IntegrityError as error:
        raise Refused(_ALREADY) from error


def resend(invitation: Invitation, *, by: Person) -> None:
    """Send `invitation` again with a new link; the old one stops working. Raises as `invite`."""
    with writing():
        demand_administrator(by)
        renew_invitation(Person.objects.get(pk=invitation.person_id), by)
        note(Deed.INVITATION_RENEWED, by=by.pk, person=invitation.person_id)


def withdraw(invitation: Invitation, *, by: Person) -> None:
    """Make the link of `invitation` stop working. The person stays, without a way in."""
    with writing():
        demand_administrator(by)
        if Invitation.objects.filter(pk=invitation.pk).delete()[0]:
            note(Deed.INVITATION_WITHDRAWN, by=by.pk, person=invitation.person_id)


def invite_all(*, by: Person | None) -> Iterator[Person]:
    """Invite everybody who has neither password nor invitation; yields each.

    `by` None means a command on the server. Raises PermissionDenied as `invite`; those already
    yielded stay invited.
    """
    waiting = without_password().exclude(invitation__isnull=False).order_by("pk")
    for number in list(waiting.values_list("pk", flat=True)):
        with writing():
            if by is not None:
                demand_administrator(by)
            invitation = renew_invitation(Person.objects.get(pk=number), by)
            who = by.pk if by else None
            note(Deed.PERSON_INVITED, by=who, person=number, after=invitation.person.kind)
        yield invitation.person


_ALREADY = gettext_lazy("They already have an account with this address.")
_LEFT = gettext_lazy("They are deactivated. Reactivate them first, on their profile.")


def renew_invitation(person: Person, by: Person | None) -> Invitation:
    """Owe `person` a mail with a new link, in place of one sent before; inside `writing()`.

    Asks no rule: the caller lets them in. Raises Refused for those who have a password or left.
    """
    if not person.is_active:
        raise Refused(_LEFT)
    if person.has_usable_password():
        raise Refused(_ALREADY)
    Invitation.objects.filter(person=person).delete()
    invitation = Invitation(person=person, by=by, address=person.email)
    invitation.renew()  # to be replaced by the token in the mail
    invitation.save(force_insert=True)
    post(INVITATION, str(person.pk), person=person.pk, link=invitation.pk)
    return invitation
