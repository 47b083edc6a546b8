"""Whoever invited a guest lets them stay longer, or shorter."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from hallway.accounts.actions import Refused, let_in_again
from hallway.audit.models import Deed
from hallway.audit.writer import note
from hallway.core.writing import writing
from hallway.guests.actions.invite import check_day
from hallway.guests.models import Stay
from hallway.people.models import Person


class NotTheirHost(Exception):
    """Somebody who neither invited this guest nor administers wants to move their last day."""


def may_prolong(person: Person, stay: Stay) -> bool:
    """Whether `person` may say how long the guest stays: their host, and administrators."""
    if not person.is_active or person.is_guest or person.pk == stay.person_id:
        return False
    return person.is_administrator or person.pk == stay.host_id


def prolong(stay: Stay, until: date, *, by: Person) -> bool:
    """Move the last day of `stay` to `until`; returns whether that is another one.

    Who was signed out by the day may sign in again. Raises NotTheirHost unless `by` may, and
    Refused for impossible days and for who was deactivated by an administrator.
    """
    with writing():
        now = Person.objects.get(pk=by.pk)
        held = Stay.objects.select_for_update(no_key=True).get(pk=stay.pk)
        if not may_prolong(now, held):
            raise NotTheirHost
        check_day(until)
        if held.until == until:
            return False
        person = Person.objects.get(pk=held.person_id)
        if not person.is_active and held.ended_at is None:
            raise Refused(_("They are deactivated. Ask an administrator."))
        Stay.objects.filter(pk=held.pk).update(until=until, ended_at=None)
        note(
            Deed.GUEST_PROLONGED,
            by=by.pk,
            person=person.pk,
            before=held.until.isoformat(),
            after=until.isoformat(),
        )
        if not person.is_active:
            let_in_again(person, by=by.pk)
    return True
