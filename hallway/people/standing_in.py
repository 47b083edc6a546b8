"""One's own page with the eyes of others: of somebody real or imagined, through the same rule."""

from dataclasses import dataclass

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from hallway.people.models import Person


class Role(models.TextChoices):
    """As whom one can look at oneself."""

    COLLEAGUE = "colleague", _("A colleague")
    MANAGER = "manager", _("My manager")
    GUEST = "guest", _("A guest")


@dataclass(frozen=True)
class Eyes:
    """Who looks, in which role; `viewer` is None where nobody in that role sees the person."""

    role: Role
    roles: list[Role]
    viewer: Person | None


def eyes_for(person: Person, role: str) -> Eyes | None:
    """Return who stands in for `role` before the page of `person`, or None for no such role.

    A colleague is imagined, as somebody who is in no space at all; manager and guest are real.
    Guests have no stand-ins: those would see people whom the guest may not know of.
    """
    roles = [] if person.is_guest else [Role.COLLEAGUE, Role.MANAGER, Role.GUEST]
    if role not in roles:
        return None
    viewer = {Role.COLLEAGUE: _colleague, Role.MANAGER: _manager, Role.GUEST: _guest}[Role(role)]
    return Eyes(Role(role), roles, viewer(person))


def stand_in(request: HttpRequest) -> Person | None:
    """With whose eyes the viewer looks at their own page; sections show no more than both see."""
    eyes: Eyes | None = request.__dict__.get("eyes")
    return eyes.viewer if eyes else None


def _colleague(person: Person) -> Person:
    return Person(pk=0, kind=Person.Kind.EMPLOYEE)


def _manager(person: Person) -> Person | None:
    manager = person.manager
    return manager if manager and manager.is_active else None


def _guest(person: Person) -> Person | None:
    # As `access.visible_to` has it: guests know those with whom they share a space.
    guests = Person.objects.filter(kind=Person.Kind.GUEST, is_active=True)
    return guests.filter(memberships__space__memberships__person=person).order_by("pk").first()
