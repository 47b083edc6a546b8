"""Somebody who forgot their password asks for a link."""

from hallway.accounts.finding import person_with
from hallway.accounts.mail import RESET
from hallway.accounts.models import ResetLink
from hallway.core.writing import writing
from hallway.outbox.actions import post


def ask_reset(address: str) -> None:
    """Owe the person who has `address` a mail with a link; do as much work when nobody has it.

    The link goes to the address in the person's row, never to the one typed. Those who never
    had a password get none: their way in is the invitation. The worker sends the mail, because
    waiting for the mail server would tell known addresses from unknown ones.
    """
    person = person_with(address)
    if person is not None and not (person.is_active and person.has_usable_password()):
        person = None
    link = ResetLink(person=person, address=person.email if person else "")
    link.renew()  # to be replaced by the token in the mail
    with writing():
        link.save(force_insert=True)
        post(RESET, str(link.pk), person=person.pk if person else None, link=link.pk)
