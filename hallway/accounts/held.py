"""What accounts hold of a person: where they are signed in, and links under way; never a secret."""

from collections.abc import Iterable

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator

from hallway.accounts.actions.end_access import end_access
from hallway.accounts.lockout import forgive
from hallway.accounts.models import Session
from hallway.core.models import Allowance
from hallway.core.writing import writing
from hallway.people.holdings import Holding, Row
from hallway.people.models import Person


def _sessions(person: Person) -> Iterable[Row]:
    for row in Session.objects.filter(person=person).order_by("-used_at"):
        yield {
            "browser": row.browser,
            "system": row.system,
            "signed_in_at": row.created_at,
            "last_used_on": row.used_at.date(),
            "ends_at": row.expire_date,
        }


def _erase_access(person: Person, _words: bool) -> None:
    """All that lets them in, and the counters about them."""
    end_access(person, by=None)
    forgive(person.email)
    with writing():
        Allowance.objects.filter(person=person.pk).delete()


def _erase_addresses(person: Person, _words: bool) -> None:
    with writing():
        EmailAddress.objects.filter(user=person).delete()


def _factors(person: Person) -> Iterable[Row]:
    for row in Authenticator.objects.filter(user=person).order_by("pk"):
        yield {"kind": row.type, "since": row.created_at, "last_used_at": row.last_used_at}


def _erase_factors(person: Person, _words: bool) -> None:
    with writing():
        Authenticator.objects.filter(user=person).delete()


WITH_SESSIONS = "it is erased with all that lets somebody in"

HELD = (
    Holding("accounts.Session", ("person",), name="sessions", told=_sessions, erase=_erase_access),
    Holding(
        "accounts.Invitation",
        ("person", "by"),
        untold="it is a key; whom one invited is theirs to say",
        stays=WITH_SESSIONS,
    ),
    Holding("accounts.AddressLink", ("person",), untold="it is a key", stays=WITH_SESSIONS),
    Holding(
        "mfa.Authenticator", ("user",), name="second-steps", told=_factors, erase=_erase_factors
    ),
    Holding("accounts.ResetLink", ("person",), untold="it is a key", stays=WITH_SESSIONS),
    Holding(
        "account.EmailAddress",
        ("user",),
        untold="nothing is kept there; the address stands in the profile",
        erase=_erase_addresses,
    ),
)
