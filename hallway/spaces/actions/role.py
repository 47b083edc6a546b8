"""Make a member a manager, or a manager a member."""

from hallway.audit.models import Deed
from hallway.audit.writer import note
from hallway.journal.verbs import Verb
from hallway.journal.writer import record
from hallway.people.models import Person
from hallway.spaces.actions.holding import NotAllowed, demand, holding
from hallway.spaces.actions.join import put_in
from hallway.spaces.actions.leave import keep_a_manager
from hallway.spaces.models import Membership, Space


def set_role(space: Space, person: Person, role: str, *, by: Person) -> bool:
    """Give a member `role` ("member" or "manager"); returns whether it changed.

    Raises LastManager when the last manager would become a member, and NotAllowed when `by`
    does not manage the space (any more) or a guest would manage it.
    """
    with holding(space, "the rule is asked inside") as held:
        demand(by, "manage", held)
        return _write(held, person, role, by=by)


def appoint(space: Space, person: Person, *, by: Person) -> bool:
    """An administrator makes an employee a manager; returns whether that is new.

    It gives the administrator no way in: they cannot appoint themselves to a space they do not
    read. Raises NotAllowed.
    """
    with holding(space, "the rule is asked inside") as held:
        administrator = demand(by, "appoint", held)
        now = Person.objects.get(pk=person.pk)
        if not now.is_active or (now.pk == by.pk and not administrator.reads):
            raise NotAllowed("appoint")
        done = put_in(held, now, by=by, role=Membership.Role.MANAGER) or _write(
            held, now, Membership.Role.MANAGER, by=by
        )
        if done:
            note(Deed.MANAGER_APPOINTED, by=by.pk, person=now.pk, space=held.pk)
        return done


def dismiss(space: Space, person: Person, *, by: Person) -> bool:
    """An administrator makes a manager a member again; returns whether that is new.

    Raises NotAllowed and LastManager.
    """
    with holding(space, "the rule is asked inside") as held:
        demand(by, "appoint", held)
        done = _write(held, person, Membership.Role.MEMBER, by=by)
        if done:
            note(Deed.MANAGER_DISMISSED, by=by.pk, person=person.pk, space=held.pk)
        return done


def _write(held: Space, person: Person, role: str, *, by: Person) -> bool:
    row = Membership.objects.filter(space=held, person=person).select_related("person").first()
    if row is None or row.role == role:
        return False
    if role == Membership.Role.MANAGER and row.person.is_guest:
        raise NotAllowed("a guest manages nothing")
    if role == Membership.Role.MEMBER:
        keep_a_manager(held, person)
    rows = Membership.objects.filter(pk=row.pk)
    if held.is_company and role == Membership.Role.MEMBER and not row.person.is_guest:
        # Employees belong to the company's space without a row; one left over would still let
        # them in should they become guests some day.
        rows.delete()
    else:
        rows.update(role=role)
    record(Verb.MEMBER_ROLE, actor=by.pk, space=held.pk, person=person.pk, role=str(role))
    return True
