"""Mail about access: plain text, in the receiver's language, written when it is sent."""

from collections.abc import Mapping
from enum import IntEnum

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hallway.accounts.models import Invitation, JoinLink, ResetLink
from hallway.company.present import company
from hallway.outbox.kinds import register
from hallway.outbox.letters import Letter, mailed
from hallway.outbox.models import Outgoing
from hallway.people.models import Person

INVITATION = "invitation"
RESET = "reset"
JOIN = "join"
FACTOR = "factor"


class Change(IntEnum):
    """What changed about how somebody signs in."""

    APP_ADDED = 1
    APP_REMOVED = 2
    PASSKEY_ADDED = 3
    PASSKEY_REMOVED = 4
    CODES_RENEWED = 5
    RESET = 6


CHANGES = {
    Change.APP_ADDED: gettext_lazy("An authenticator app was set up for your account."),
    Change.APP_REMOVED: gettext_lazy("The authenticator app was removed from your account."),
    Change.PASSKEY_ADDED: gettext_lazy("A passkey was added to your account."),
    Change.PASSKEY_REMOVED: gettext_lazy("A passkey was removed from your account."),
    Change.CODES_RENEWED: gettext_lazy("New recovery codes were made for your account."),
    Change.RESET: gettext_lazy("An administrator removed the second step from your account."),
}


def register_mails() -> None:
    """Say how mails about access are written."""
    register(INVITATION, mailed(invitation))
    register(RESET, mailed(reset))
    register(JOIN, mailed(joining))
    register(FACTOR, mailed(factor))


def invitation(row: Outgoing) -> Letter | None:
    """The mail with which somebody is asked in, unless that was withdrawn."""
    found = Invitation.to_mail(row.about["link"])
    if found is None:
        return None
    link, token = found
    url = settings.BASE_URL + reverse("account_invitation", args=[token])
    given = {"url": url, "by": link.by, "days": Invitation.LIFETIME.days}

    def sent() -> None:
        Invitation.objects.filter(pk=link.pk).update(sent_at=timezone.now())

    with translation.override(link.person.language):
        subject = _("Your invitation to %(company)s") % {"company": company().name}
        return Letter(link.person.email, subject, _text(INVITATION, link.person, given), then=sent)


def reset(row: Outgoing) -> Letter | None:
    """The mail with a link to a new password, while somebody still waits for it."""
    found = ResetLink.to_mail(row.about["link"])
    person = found[0].person if found else None
    if found is None or person is None:
        return None
    url = settings.BASE_URL + reverse("account_reset_password_from_key", args=[found[1]])
    given = {"url": url, "minutes": int(ResetLink.LIFETIME.total_seconds() // 60)}
    with translation.override(person.language):
        subject = _("A new password for %(company)s") % {"company": company().name}
        return Letter(person.email, subject, _text(RESET, person, given))


def joining(row: Outgoing) -> Letter | None:
    """The mail with which somebody nobody invited shows that they read mail at their address."""
    found = JoinLink.to_mail(row.about["link"])
    if found is None or not company().admits(found[0].address):
        return None
    link, token = found
    given = {
        "company": company().name,
        "url": settings.BASE_URL + reverse("account_join_link", args=[token]),
        "minutes": int(JoinLink.LIFETIME.total_seconds() // 60),
    }
    with translation.override(link.language):
        subject = _("Your account at %(company)s") % {"company": company().name}
        return Letter(link.address, subject, render_to_string("accounts/mail/join.txt", given))


def factor(row: Outgoing) -> Letter | None:
    """The mail that says what changed about how somebody signs in."""
    person = row.person
    if person is None or not person.is_active:
        return None
    url = settings.BASE_URL + reverse("account_security")
    given = {"url": url, "what": CHANGES[Change(row.about["change"])]}
    with translation.override(person.language):
        subject = _("A change to how you sign in to %(company)s") % {"company": company().name}
        return Letter(person.email, subject, _text(FACTOR, person, given))


def _text(name: str, person: Person, given: Mapping[str, object]) -> str:
    context = {"person": person, "company": company().name, **given}
    return render_to_string(f"accounts/mail/{name}.txt", context)
