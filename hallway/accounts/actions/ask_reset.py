"""Somebody who forgot their password asks for a link."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from hallway.accounts.finding import person_with
from hallway.accounts.mail import compose, post
from hallway.accounts.models import ResetLink
from hallway.core.writing import writing
from hallway.people.models import Person


def ask_reset(address: str) -> None:
    """Mail a link to the person who has `address`; do as much work when nobody has it.

    The link goes to the address in the person's row, never to the one typed. Those who never
    had a password get none: their way in is the invitation. The mail is sent aside, because
    waiting for the mail server would tell known addresses from unknown ones.
    """
    person = person_with(address)
    if person is not None and not (person.is_active and person.has_usable_password()):
        person = None
    link = ResetLink(person=person, address=person.email if person else "")
    token = link.renew()
    with writing():
        link.save(force_insert=True)
    if person is not None:
        _post(person, token)


def _post(person: Person, token: str) -> None:
    url = settings.BASE_URL + reverse("account_reset_password_from_key", args=[token])
    minutes = int(ResetLink.LIFETIME.total_seconds() // 60)
    post(
        lambda: compose(
            person,
            lambda: _("A new password for %(company)s") % {"company": settings.CONFIG.company},
            "reset",
            {"url": url, "minutes": minutes},
        )
    )
