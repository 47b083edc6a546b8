"""Somebody from outside is asked in until a day: into a space by its manager, or by the office."""

from datetime import date

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from hallway.accounts.actions import Refused, renew_invitation
from hallway.accounts.finding import person_with
from hallway.audit.models import Deed
from hallway.audit.writer import note
from hallway.core.writing import writing
from hallway.guests.models import LONGEST, Stay, today
from hallway.people.actions import add_person
from hallway.people.administering import demand_administrator
from hallway.people.models import Person
from hallway.spaces.actions import NotAllowed, put_in
from hallway.spaces.actions.holding import demand, holding
from hallway.spaces.models import Space
from hallway.spaces.standing import Standing


def may_invite(standing: Standing) -> bool:
    """Whether whoever stands so to a space may ask people from outside into it.

    Its managers may, unless HALLWAY_GUESTS leaves that to those who are administrators as well.
    Being an administrator alone opens no space.
    """
    if settings.CONFIG.guests == "administrators" and not standing.viewer.is_administrator:
        return False
    return standing.invites_guests


def invite_guest(
    space: Space, email: str, name: str, until: date, *, by: Person, language: str
) -> Person:
    """Make somebody from outside a member of `space` until `until`, and owe them an invitation.

    A guest who is here already becomes a member as well, and stays as long as was agreed. Raises
    NotAllowed when `by` may not, and Refused for colleagues, people who left, and impossible days.
    """
    with holding(space, "the rule is asked inside") as held:
        if not may_invite(demand(by, "invite", held)):
            raise NotAllowed("invite a guest")
        person = person_with(email)
        if person is None:
            person = _begin(email, name, until, by=by, language=language)
        elif not person.is_guest:
            raise Refused(_("They are a colleague. Invite them by their name."))
        elif not person.is_active:
            raise Refused(_("They were a guest before. Prolong their stay on their profile."))
        put_in(held, person, by=by)
        days = Stay.objects.filter(person=person).values_list("until", flat=True)
        last = "".join(day.isoformat() for day in days)
        note(Deed.GUEST_INVITED, by=by.pk, person=person.pk, space=held.pk, after=last)
    return person


def invite_until(email: str, name: str, until: date, *, by: Person, language: str) -> Person:
    """Owe somebody from outside an invitation into no space yet, until `until`.

    A guest who was imported, or has not come yet, is invited anew, until this day. Raises
    PermissionDenied unless `by` is an administrator, and Refused for colleagues, for those who have
    a password or left, and impossible days.
    """
    with writing():
        demand_administrator(by)
        person = person_with(email)
        if person is None:
            person = _begin(email, name, until, by=by, language=language)
        elif not person.is_guest:
            raise Refused(_("They are a colleague, and colleagues stay without a last day."))
        else:
            check_day(until)
            renew_invitation(person, by)
            begun = {"until": until, "host": by}
            Stay.objects.update_or_create(
                person=person, defaults={"until": until}, create_defaults=begun
            )
        note(Deed.GUEST_INVITED, by=by.pk, person=person.pk, after=until.isoformat())
    return person


def check_day(until: date) -> None:
    """Raise Refused unless somebody can stay until `until`: from today, for a year at most."""
    if not today() <= until <= today() + LONGEST:
        raise Refused(_("Choose a day from today on, at most a year ahead."))


def _begin(email: str, name: str, until: date, *, by: Person, language: str) -> Person:
    check_day(until)
    person = add_person(email, name, by=by, kind=Person.Kind.GUEST, language=language)
    renew_invitation(person, by)
    Stay.objects.create(person=person, host=by, until=until)
    return person
