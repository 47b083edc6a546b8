"""Finding the person who types an address: at sign-in, reset and invitation."""

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import QuerySet
from django.db.models.functions import Lower

from hallway.people.models import Person


def person_with(address: str) -> Person | None:
    """Return whoever has exactly this address, in whatever case, or None.

    Asks the unique index of lower-case addresses; look-alike letters do not match.
    """
    wanted = address.strip().lower()
    rows = Person.objects.alias(lowered=Lower("email")).filter(lowered=wanted)
    return next((person for person in rows if person.email.lower() == wanted), None)


def without_password() -> QuerySet[Person]:
    """Active people who have never chosen a password: imported or invited, not yet here."""
    return Person.objects.filter(is_active=True, password__startswith=UNUSABLE_PASSWORD_PREFIX)
