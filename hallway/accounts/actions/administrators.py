"""Administrators make others administrators, and end what lets somebody in."""

from django.utils.translation import gettext_lazy as _

from hallway.accounts.actions.refusal import Refused
from hallway.accounts.models import Session
from hallway.audit.models import Deed
from hallway.audit.writer import note
from hallway.core.writing import writing
from hallway.journal.verbs import Verb
from hallway.journal.writer import record
from hallway.people.administering import demand_administrator
from hallway.people.models import Person


def name_administrator(person: Person, *, by: Person) -> bool:
    """Make an active employee an administrator; returns whether that is new.

    Raises PermissionDenied unless `by` is one, Refused for guests and for who has left.
    """
    with writing():
        demand_administrator(by)
        now = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
        if now.is_guest or not now.is_active:
            raise Refused(_("Only colleagues who are here can be administrators."))
        return _set(now, True, by=by)


def unname_administrator(person: Person, *, by: Person) -> bool:
    """Make an administrator a colleague like all others; returns whether that is new.

    Raises PermissionDenied unless `by` is one, Refused for oneself: so one always remains.
    """
    with writing():
        demand_administrator(by)
        if person.pk == by.pk:
            raise Refused(_("You cannot take this from yourself. Ask another administrator."))
        return _set(person, False, by=by)


def sign_out(person: Person, *, by: Person) -> int:
    """End all sessions of `person`; returns how many there were. They can sign in again.

    Raises PermissionDenied unless `by` is an administrator.
    """
    with writing():
        demand_administrator(by)
        count = Session.objects.filter(person=person).count()
        Session.end_all(person, by=by.pk)
        note(Deed.SESSIONS_ENDED, by=by.pk, person=person.pk, number=count)
    return count


def _set(person: Person, administers: bool, *, by: Person) -> bool:
    rows = Person.objects.filter(pk=person.pk, is_administrator=not administers)
    if not rows.update(is_administrator=administers):
        return False
    record(Verb.PERSON_CHANGED, actor=by.pk, person=person.pk)
    deed = Deed.ADMINISTRATOR_MADE if administers else Deed.ADMINISTRATOR_UNMADE
    note(deed, by=by.pk, person=person.pk)
    return True
