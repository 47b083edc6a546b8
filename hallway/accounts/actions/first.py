"""The first administrator, who has nobody to be invited by."""

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX, make_password
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hallway.accounts.actions.factors import drop_factors
from hallway.accounts.actions.password import LinkUsed, replace_password
from hallway.accounts.actions.refusal import Refused
from hallway.accounts.finding import person_with
from hallway.accounts.models import FirstLink
from hallway.audit.models import Deed
from hallway.audit.writer import note
from hallway.core.writing import writing
from hallway.journal.verbs import Verb
from hallway.journal.writer import record
from hallway.people.actions import add_person
from hallway.people.models import Person


def has_administrator() -> bool:
    """Whether an active administrator with a password exists."""
    administrators = Person.objects.filter(is_active=True, is_administrator=True)
    return administrators.exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX).exists()


def first_link(base_url: str) -> str | None:
    """Return the address of the page where the first administrator is created.

    It works once and for a day, and replaces earlier ones. None when there is an administrator.
    """
    link = FirstLink()
    token = link.renew()
    with writing():
        if has_administrator():
            return None
        FirstLink.objects.all().delete()
        link.save(force_insert=True)
    return base_url + reverse("account_first", args=[token])


def begin_first(link: FirstLink, *, email: str, name: str, password: str, language: str) -> Person:
    """Use `link` up and create the first administrator. Raises LinkUsed, Refused."""
    hashed = make_password(password)
    with writing():
        if has_administrator() or not link.take():
            raise LinkUsed
        return _administrator(email, name, hashed, language)


def make_administrator(email: str, name: str, password: str, *, language: str = "en") -> Person:
    """Create an administrator, or make the person with this address one, with this password.

    For those who may run commands on the server, also to let in again whoever lost their second
    factor: it is removed. Raises Refused when the person is deactivated.
    """
    hashed = make_password(password)
    with writing():
        return _administrator(email, name, hashed, language)


def _administrator(email: str, name: str, hashed: str, language: str) -> Person:
    person = person_with(email)
    if person is None:
        person = add_person(email, name, is_administrator=True, password=hashed, language=language)
        note(Deed.ADMINISTRATOR_MADE, by=None, person=person.pk)
        return person
    if not person.is_active:
        raise Refused(_("They are deactivated. Reactivate them first, on their profile."))
    replace_password(person, hashed)
    drop_factors(person, by=None)
    person.is_administrator = True
    person.kind = Person.Kind.EMPLOYEE
    person.save(update_fields=["is_administrator", "kind"])
    record(Verb.PERSON_CHANGED, person=person.pk)
    note(Deed.ADMINISTRATOR_MADE, by=None, person=person.pk)
    return person
