"""What an administrator counts: people and spaces as a whole, nobody one by one."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from hallway.accounts.finding import without_password
from hallway.accounts.models import Session
from hallway.core.guarding import as_system
from hallway.people.models import Person
from hallway.spaces import access
from hallway.spaces.models import Membership, Space

RECENTLY = timedelta(days=30)


@dataclass(frozen=True)
class People:
    """How many people there are, by what they are."""

    employees: int
    guests: int
    administrators: int
    deactivated: int
    waiting: int  # have never chosen a password
    recent: int  # have signed in, or were still signed in, within the last thirty days


@dataclass(frozen=True)
class Spaces:
    """How many spaces there are, by who may read them."""

    open: int
    closed: int
    secret: int
    unmanaged: int  # of those the viewer may know of


def of_people() -> People:
    """Count people, in three statements."""
    active = Q(is_active=True)
    guest = Q(kind=Person.Kind.GUEST)
    counted = Person.objects.aggregate(
        employees=Count("pk", filter=active & ~guest),
        guests=Count("pk", filter=active & guest),
        administrators=Count("pk", filter=active & Q(is_administrator=True)),
        deactivated=Count("pk", filter=~active),
    )
    since = timezone.now() - RECENTLY
    used = Session.objects.filter(person__is_active=True, used_at__gte=since)
    recent = used.values("person").distinct().count()
    return People(**counted, waiting=without_password().count(), recent=recent)


def of_spaces(viewer: Person) -> Spaces:
    """Count spaces. Of secret ones nothing is told but how many there are."""
    with as_system("a number of spaces tells nothing of any of them"):
        rows = Space.objects.exclude(kind=Space.Kind.WALL).order_by()
        counts = dict(rows.values_list("openness").annotate(count=Count("pk")))
    unmanaged = access.standings(viewer).filter(Q(unmanaged=True)).exclude(kind=Space.Kind.WALL)
    return Spaces(
        open=counts.get(Space.Openness.OPEN, 0),
        closed=counts.get(Space.Openness.CLOSED, 0),
        secret=counts.get(Space.Openness.SECRET, 0),
        unmanaged=unmanaged.exclude(kind=Space.Kind.COMPANY).count(),
    )


def sign_ins(person: Person) -> int:
    """In how many browsers `person` is signed in."""
    return Session.objects.filter(person=person, expire_date__gt=timezone.now()).count()


def managed_alone(person: Person) -> int:
    """How many spaces nobody but `person` manages, so that somebody must take them over."""
    with as_system("a number, so that an administrator knows what a departure means"):
        others = Membership.objects.filter(
            space=OuterRef("space"),
            role=Membership.Role.MANAGER,
            person__is_active=True,
            person__kind=Person.Kind.EMPLOYEE,
        ).exclude(person=person)
        own = Membership.objects.filter(person=person, role=Membership.Role.MANAGER)
        return own.exclude(space__kind=Space.Kind.COMPANY).filter(~Exists(others)).count()
