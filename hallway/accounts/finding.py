"""Finding the person who types an address: at sign-in, reset and invitation."""

from types import SimpleNamespace

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import QuerySet
from django.db.models.functions import Lower

from hallway.core.prepared import Prepared
from hallway.people.models import Person


def person_with(address: str) -> Person | None:
    """Return whoever has exactly this address, in whatever case, or None.

    Asks the unique index of lower-case addresses; look-alike letters do not match.
    """
    wanted = address.strip().lower()
    rows = Person.objects.alias(lowered=Lower("email")).filter(lowered=wanted)
    return next((person for person in rows if person.email.lower() == wanted), None)


def person_numbered(pk: int) -> Person | None:
    """Return the active person with this number, or None; asked with every request."""
    found = _numbered.instances(SimpleNamespace(pk=pk, kind=""))
    return found[0] if found else None


_numbered = Prepared(lambda who, _ids: Person.objects.filter(pk=who.pk, is_active=True))


def without_password() -> QuerySet[Person]:
    """Active people who have never chosen a password: imported or invited, not yet here."""
    return Person.objects.filter(is_active=True, password__startswith=UNUSABLE_PASSWORD_PREFIX)
