"""An administrator asks somebody in by mail."""

from collections.abc import Iterator

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hallway.accounts.actions.administrators import demand_administrator
from hallway.accounts.actions.refusal import Refused
from hallway.accounts.finding import person_with, without_password
from hallway.accounts.mail import compose, send
from hallway.accounts.models import Invitation
from hallway.core.writing import writing
from hallway.people.actions import add_person
from hallway.people.models import Person


def invite(
    email: str,
    name: str,
    *,
    by: Person,
    kind: str = Person.Kind.EMPLOYEE,
    language: str | None = None,
) -> Invitation:
    """Mail `email` a link with which they choose a password; creates the person if need be.

    Somebody imported keeps their name, kind and language. Raises PermissionDenied unless `by`
    is an administrator, Refused for those who have a password or left, NotSent (from
    `accounts.mail`) when the mail server fails: the invitation then stays and can be resent.
    """
    try:
        with writing():
            demand_administrator(by)
            person = person_with(email)
            if person is None:
                person = add_person(
                    email, name, by=by, kind=kind, language=language or settings.LANGUAGE_CODE
                )
            invitation, token = _renewed(person, by)
    except IntegrityError as error:
        raise Refused(_ALREADY) from error
    _send(invitation, token)
    return invitation


def resend(invitation: Invitation, *, by: Person) -> None:
    """Send `invitation` again with a new link; the old one stops working. Raises as `invite`."""
    with writing():
        demand_administrator(by)
        renewed, token = _renewed(Person.objects.get(pk=invitation.person_id), by)
    _send(renewed, token)


def withdraw(invitation: Invitation, *, by: Person) -> None:
    """Make the link of `invitation` stop working. The person stays, without a way in."""
    with writing():
        demand_administrator(by)
        invitation.delete()


def invite_all(*, by: Person | None) -> Iterator[Person]:
    """Invite everybody who has neither password nor invitation; yields each once it is sent.

    Uses one connection to the mail server. Raises NotSent; those already yielded stay invited
    and a later call goes on with the rest.
    """
    waiting = without_password().exclude(invitation__sent_at__isnull=False).order_by("pk")
    with get_connection() as mailer:
        for number in list(waiting.values_list("pk", flat=True)):
            with writing():
                invitation, token = _renewed(Person.objects.get(pk=number), by)
            _send(invitation, token, mailer)
            yield invitation.person


_ALREADY = gettext_lazy("They already have an account with this address.")
_LEFT = gettext_lazy("They are deactivated. Reactivate them first, on their profile.")


def _renewed(person: Person, by: Person | None) -> tuple[Invitation, str]:
    if not person.is_active:
        raise Refused(_LEFT)
    if person.has_usable_password():
        raise Refused(_ALREADY)
    Invitation.objects.filter(person=person).delete()
    invitation = Invitation(person=person, by=by, address=person.email)
    token = invitation.renew()
    invitation.save(force_insert=True)
    return invitation, token


def _send(invitation: Invitation, token: str, mailer: BaseEmailBackend | None = None) -> None:
    url = settings.BASE_URL + reverse("account_invitation", args=[token])
    company = settings.CONFIG.company
    message = compose(
        invitation.person,
        lambda: _("Your invitation to %(company)s") % {"company": company},
        "invitation",
        {"url": url, "by": invitation.by, "days": Invitation.LIFETIME.days},
    )
    message.connection = mailer
    send(message)
    with writing():
        Invitation.objects.filter(pk=invitation.pk).update(sent_at=timezone.now())
