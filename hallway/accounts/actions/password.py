"""A person gets a password: by a link from a mail, or by changing the one they have."""

from django.contrib.auth.hashers import make_password

from hallway.accounts.lockout import forgive
from hallway.accounts.models import Invitation, ResetLink, Session
from hallway.core.writing import writing
from hallway.people.models import Person


class LinkUsed(Exception):
    """The link has been used or replaced between opening the page and sending the form."""


def set_password(person: Person, password: str, *, keep: str | None = None) -> None:
    """Give `person` this password, end their sessions except `keep`, and spoil links under way."""
    hashed = make_password(password)  # slow on purpose, so not while others wait to write
    with writing():
        replace_password(person, hashed, keep=keep)


def choose_password(link: Invitation | ResetLink, password: str) -> Person:
    """Use `link` up and give its person this password; returns the person, to be signed in.

    Raises LinkUsed when somebody was quicker.
    """
    person = link.person
    if person is None:
        raise LinkUsed
    hashed = make_password(password)
    with writing():
        if not link.take():
            raise LinkUsed
        replace_password(person, hashed)
    forgive(person.email)
    return person


def replace_password(person: Person, hashed: str, *, keep: str | None = None) -> None:
    """Do what `set_password` does with a password hashed before; inside `writing()`."""
    person.password = hashed
    Person.objects.filter(pk=person.pk).update(password=hashed)
    Session.end_all(person, by=person.pk, keep=keep)
    for links in (Invitation, ResetLink):
        links.end_all(person, by=person.pk)
