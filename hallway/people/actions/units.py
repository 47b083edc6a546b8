"""Administrators add units, name and move them, and take empty ones away."""

from django.db.models import Q

from hallway.audit.models import Deed
from hallway.audit.writer import note
from hallway.core.text import clean_name
from hallway.core.writing import writing
from hallway.journal.verbs import Verb
from hallway.journal.writer import record, record_each
from hallway.people.administering import demand_administrator
from hallway.people.models import OrgUnit, Person
from hallway.people.moving import units_moved
from hallway.people.units import within


class UnitTaken(Exception):
    """There is a unit of this name at this place already."""


class UnitBelowItself(Exception):
    """A unit was to be moved into itself or something below it, or is gone."""


class UnitInUse(Exception):
    """People or other units belong to a unit that was to be taken away."""


def add_unit(name: str, kind: str, parent: OrgUnit | None, *, by: Person) -> OrgUnit:
    """Add a unit below `parent`, or at the top. Raises PermissionDenied, UnitTaken."""
    with writing():
        demand_administrator(by)
        name = clean_name(name)
        _demand_free(name, parent)
        unit = OrgUnit.objects.create(name=name, kind=kind, parent=parent)
        note(Deed.UNIT_ADDED, by=by.pk, unit=unit.pk, after=name)
    return unit


def change_unit(unit: OrgUnit, name: str, kind: str, parent: OrgUnit | None, *, by: Person) -> bool:
    """Give `unit` this name, kind and place; returns whether anything changed.

    Its people and what lies below come along. Raises PermissionDenied, UnitTaken, UnitBelowItself.
    """
    with writing():
        demand_administrator(by)
        # All of them: two moves at once must not close a ring.
        held = {each.pk: each for each in OrgUnit.objects.select_for_update().order_by("pk")}
        now, place = held.get(unit.pk), parent.pk if parent else None
        if now is None or (place is not None and (place in within(now.pk) or place not in held)):
            raise UnitBelowItself
        name = clean_name(name)
        if (now.name, now.kind, now.parent_id) == (name, kind, place):
            return False
        _demand_free(name, parent, but=now)
        OrgUnit.objects.filter(pk=now.pk).update(name=name, kind=kind, parent=parent)
        if now.parent_id != place:
            units_moved()
        _note_changes(now, name, place, held, by)
        people = Person.objects.filter(unit=now).values_list("pk", flat=True)
        record_each(Verb.PERSON_CHANGED, people)
    return True


def name_head(unit: OrgUnit, head: Person | None, *, by: Person) -> bool:
    """Say who leads `unit`, or leave it to who reports to whom; returns whether that is new.

    Raises PermissionDenied.
    """
    with writing():
        demand_administrator(by)
        held = OrgUnit.objects.select_for_update().filter(pk=unit.pk).first()
        was, now = held.head_id if held else None, head.pk if head else None
        if held is None or was == now:
            return False
        OrgUnit.objects.filter(pk=held.pk).update(head=head)
        for deed, person in ((Deed.UNIT_HEAD_ENDED, was), (Deed.UNIT_HEAD_NAMED, now)):
            if person is not None:
                note(deed, by=by.pk, unit=held.pk, person=person)
                record(Verb.PERSON_CHANGED, actor=by.pk, person=person)
    return True


def remove_unit(unit: OrgUnit, *, by: Person) -> None:
    """Take an empty unit away. Raises PermissionDenied, UnitInUse."""
    with writing():
        demand_administrator(by)
        held = OrgUnit.objects.select_for_update().filter(pk=unit.pk).first()
        if held is None:
            return
        if held.people.exists() or held.children.exists():
            raise UnitInUse
        OrgUnit.objects.filter(pk=held.pk).delete()
        note(Deed.UNIT_REMOVED, by=by.pk, unit=unit.pk, before=held.name)


def _note_changes(
    was: OrgUnit, name: str, place: int | None, held: dict[int, OrgUnit], by: Person
) -> None:
    if was.name != name:
        note(Deed.UNIT_RENAMED, by=by.pk, unit=was.pk, before=was.name, after=name)
    if was.parent_id != place:
        before, after = (held[pk].name if pk else "" for pk in (was.parent_id, place))
        note(Deed.UNIT_MOVED, by=by.pk, unit=was.pk, before=before, after=after)
    if was.name == name and was.parent_id == place:
        note(Deed.UNIT_RENAMED, by=by.pk, unit=was.pk, before=name, after=name)


def _demand_free(name: str, parent: OrgUnit | None, but: OrgUnit | None = None) -> None:
    place = Q(parent=parent) if parent else Q(parent__isnull=True)
    others = OrgUnit.objects.filter(place, name=name)
    if but is not None:
        others = others.exclude(pk=but.pk)
    if others.exists():
        raise UnitTaken
