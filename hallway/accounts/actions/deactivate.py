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
from hallway.people.departures import depart
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
        if Person.objects.filter(pk=person.pk, is_active=True).update(is_active=False):
            record(Verb.PERSON_DEACTIVATED, actor=by.pk, person=person.pk)
            depart(person, by=by)
            note(Deed.PERSON_DEACTIVATED, by=by.pk, person=person.pk)
        end_access(person, by=by)
    person.is_active = False


def reactivate(person: Person, *, by: Person) -> None:
    """Let `person` sign in again with their password. Raises PermissionDenied like `deactivate`."""
    with writing():
        demand_administrator(by)
        if Person.objects.filter(pk=person.pk, is_active=False).update(is_active=True):
            # A sign-in that raced with the deactivation must not come back to life.
            end_access(person, by=by)
            record(Verb.PERSON_REACTIVATED, actor=by.pk, person=person.pk)
            note(Deed.PERSON_REACTIVATED, by=by.pk, person=person.pk)
    person.is_active = True
