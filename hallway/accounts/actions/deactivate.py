"""Somebody leaves, or comes back."""

from django.utils.translation import gettext_lazy as _

from hallway.accounts.actions.end_access import end_access
from hallway.accounts.actions.refusal import Refused
from hallway.audit.models import Deed
from hallway.audit.writer import note
from hallway.core.writing import writing
from hallway.journal.verbs import Verb
from hallway.journal.writer import record
from hallway.people.administering import demand_administrator
from hallway.people.departures import come_back, depart, objection
from hallway.people.models import Person


def deactivate(person: Person, *, by: Person) -> None:
    """Take `person`'s access away; what they wrote stays. Doing it twice changes nothing.

    What only they looked after goes to somebody else (`people.departures`).

    Raises PermissionDenied unless `by` is an administrator, Refused for oneself: so at least one
    administrator always remains.
    """
    with writing():
        demand_administrator(by)
        if person.pk == by.pk:
            raise Refused(_("You cannot deactivate yourself. Ask another administrator."))
        if let_go(person, by=by):
            note(Deed.PERSON_DEACTIVATED, by=by.pk, person=person.pk)
    person.is_active = False


def reactivate(person: Person, *, by: Person) -> None:
    """Let `person` sign in again with their password.

    Raises PermissionDenied like `deactivate`, Refused where something speaks against it.
    """
    with writing():
        demand_administrator(by)
        reason = objection(person)
        if reason:
            raise Refused(reason)
        if let_in_again(person, by=by.pk):
            note(Deed.PERSON_REACTIVATED, by=by.pk, person=person.pk)
    person.is_active = True


def let_go(person: Person, *, by: Person | None) -> bool:
    """End all access of `person`; returns whether they were active. Inside `writing()`.

    Asks no rule: the caller may do it, or is the clock (`by` None).
    """
    gone = Person.objects.filter(pk=person.pk, is_active=True).update(is_active=False)
    if gone:
        record(Verb.PERSON_DEACTIVATED, actor=by.pk if by else None, person=person.pk)
        depart(person, by=by or person)
    end_access(person, by=by)
    return bool(gone)


def let_in_again(person: Person, *, by: int) -> bool:
    """Let `person` sign in again; returns whether they could not. Inside `writing()`."""
    if not Person.objects.filter(pk=person.pk, is_active=False).update(is_active=True):
        return False
    # A sign-in that raced with the deactivation must not come back to life.
    end_access(person, by=Person.objects.get(pk=by))
    record(Verb.PERSON_REACTIVATED, actor=by, person=person.pk)
    come_back(person, by=Person.objects.get(pk=by))
    return True
