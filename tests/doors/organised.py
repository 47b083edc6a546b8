"""Units and managers of the story, told to the program and to the model at once."""

from typing import TYPE_CHECKING

from hallway.people.models import OrgUnit, Person
from tests.doors.model import Unit

if TYPE_CHECKING:
    from tests.doors.story import Story

# Gus sees Ada and Ben, but neither who manages Ben nor the unit in which Cleo is alone.
MANAGERS = {"ada": "ben", "dora": "ben", "ben": "cleo", "cleo": "rita"}
UNITS = {"top": ("", set()), "claims": ("top", {"ada", "ben", "dora"}), "cellar": ("top", {"cleo"})}


def organise(story: "Story") -> None:
    """Put people into units and under managers."""
    for name, (above, people) in UNITS.items():
        row = OrgUnit.objects.create(
            name=story.canary("unit", name, "name"), parent=story.units.get(above)
        )
        story.units[name] = row
        story.company.units[name] = Unit(name, above, set(people))
        Person.objects.filter(handle__in=people).update(unit=row)
    for who, manager in MANAGERS.items():
        Person.objects.filter(handle=who).update(manager=story.world.people[manager])
