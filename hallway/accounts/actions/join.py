"""Somebody nobody invited joins: who reads mail at an address of the domains that are let in."""

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError
from django.utils.translation import gettext_lazy as _

from hallway.accounts.actions.ask_reset import ask_reset
from hallway.accounts.actions.invite import renew_invitation
from hallway.accounts.actions.password import LinkUsed
from hallway.accounts.actions.refusal import Refused
from hallway.accounts.finding import person_with
from hallway.accounts.mail import JOIN
from hallway.accounts.models import JoinLink
from hallway.company.present import company
from hallway.core.writing import writing
from hallway.outbox.actions import post
from hallway.people.actions import add_person
from hallway.people.models import Person


def ask_join(address: str, language: str) -> None:
    """Owe `address` a mail with a link to join, or with the way in for who has an account already.

    Whoever asks is not told which. Raises Refused for addresses that may not join.
    """
    if not company().admits(address):
        raise Refused(_("People with this address cannot join by themselves. Ask to be invited."))
    person = person_with(address)
    if person is None:
        link = JoinLink(address=address.strip().lower(), language=language)
        link.renew()  # to be replaced by the token in the mail
        with writing():
            JoinLink.objects.filter(address=link.address).delete()
            link.save(force_insert=True)
            post(JOIN, str(link.pk), person=None, link=link.pk)
    elif person.is_active and not person.has_usable_password():
        with writing():
            renew_invitation(person, None)
    else:
        ask_reset(address)


def join(link: JoinLink, *, name: str, password: str) -> Person:
    """Use `link` up and create its person, an employee.

    Raises LinkUsed also when the company does not let them in any more.
    """
    hashed = make_password(password)
    try:
        with writing():
            if not company().admits(link.address) or not link.take():
                raise LinkUsed
            return add_person(link.address, name, password=hashed, language=link.language)
    except IntegrityError as error:
        # Somebody was invited to this address meanwhile.
        raise LinkUsed from error
