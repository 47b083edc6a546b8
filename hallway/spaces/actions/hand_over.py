"""A space whose last manager leaves the company gets the member who has been there longest."""

from hallway.core.guarding import as_system
from hallway.core.writing import writing
from hallway.journal.verbs import Verb
from hallway.journal.writer import record
from hallway.people.models import Person
from hallway.spaces.access import managers_of
from hallway.spaces.models import Membership, Space


def hand_over(person: Person, by: Person) -> None:
    """Name a new manager wherever `person`, who is deactivated by now, was the last to manage.

    It is the employee who has been a member longest, so nobody gains sight of anything. Where
    there is none, the space stays as it is: administrators can appoint somebody in what they know
    of, and a secret space without employees is read by nobody.
    """
    with writing(), as_system("the last manager leaves the company"):
        # All their spaces, in one order: somebody may be making them a manager at this moment.
        rows = Membership.objects.filter(person=person).values("space_id")
        spaces = Space.objects.filter(pk__in=rows).exclude(kind=Space.Kind.COMPANY)
        held = list(spaces.select_for_update(no_key=True).order_by("pk"))
        managed = set(
            Membership.objects.filter(person=person, role=Membership.Role.MANAGER).values_list(
                "space_id", flat=True
            )
        )
        for space in held:
            if space.pk in managed and not managers_of(space).exists():
                _name_one(space, by)


def _name_one(space: Space, by: Person) -> None:
    able = Membership.objects.filter(
        space=space, person__is_active=True, person__kind=Person.Kind.EMPLOYEE
    )
    heir = able.order_by("joined_at", "pk").first()
    if heir is None:
        return
    Membership.objects.filter(pk=heir.pk).update(role=Membership.Role.MANAGER)
    role = str(Membership.Role.MANAGER)
    record(Verb.MEMBER_ROLE, actor=by.pk, space=space.pk, person=heir.person_id, role=role)
