"""The audit log as administrators read it: with the names people and spaces have today."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hallway.audit.models import Row
from hallway.company.models import Company
from hallway.people.models import OrgUnit, Person
from hallway.spaces import access
from hallway.spaces.models import Space

WORDS: dict[str, str | Promise] = {
    "employee": _("Employee"),
    "guest": _("Guest"),
    **{str(value): label for value, label in Company.SecondStep.choices},
    **{str(value): label for value, label in Company.Joining.choices},
}
"""How words of ours in `before` and `after` are said."""

COLUMNS = (
    *("at", "deed", "source", "by", "by_handle", "person", "person_handle"),
    *("space", "unit", "number", "before", "after"),
)


@dataclass(frozen=True)
class Line:
    """A row of the log with whom and what it names, as far as the reader may know of it."""

    row: Row
    by: Person | None
    person: Person | None
    space: Space | None
    unit: OrgUnit | None

    @property
    def before(self) -> str | Promise:
        """What it was, in the reader's language where it is a word of ours."""
        return WORDS.get(self.row.before, self.row.before)

    @property
    def after(self) -> str | Promise:
        """What it became."""
        return WORDS.get(self.row.after, self.row.after)

    @property
    def cells(self) -> tuple[object, ...]:
        """The line as a line of a table; its columns are `COLUMNS`."""
        row = self.row
        return (
            *(row.at, row.deed, row.source),
            *(self.by.name if self.by else row.by_id, self.by.handle if self.by else ""),
            self.person.name if self.person else row.person_id,
            self.person.handle if self.person else "",
            self.space.name if self.space else row.space_id,
            self.unit.name if self.unit else row.unit_id,
            *(row.number, row.before, row.after),
        )


def rows(wanted: dict[str, Any]) -> QuerySet[Row]:
    """The rows that the fields of `forms.LogFilter` ask for, the newest first."""
    found = Row.objects.order_by("-pk")
    if wanted.get("who"):
        handle = wanted["who"].strip().lstrip("@").lower()
        numbers = list(Person.objects.filter(handle=handle).values_list("pk", flat=True))
        found = found.filter(Q(by_id__in=numbers) | Q(person_id__in=numbers))
    if wanted.get("deed"):
        found = found.filter(deed=wanted["deed"])
    if wanted.get("source"):
        found = found.filter(source=wanted["source"])
    if wanted.get("since"):
        found = found.filter(at__date__gte=wanted["since"])
    return found


def about(person: Person) -> QuerySet[Row]:
    """What was done about `person`, the newest first."""
    return Row.objects.filter(person_id=person.pk).order_by("-pk")


def lines(viewer: Person, found: Iterable[Row]) -> list[Line]:
    """`found` with names, in three statements; a space the viewer may not know of has none."""
    held = list(found)
    numbers = {row.by_id for row in held} | {row.person_id for row in held}
    people = Person.objects.in_bulk([number for number in numbers if number])
    spaces = access.visible_to(viewer).in_bulk([row.space_id for row in held if row.space_id])
    units = OrgUnit.objects.in_bulk([row.unit_id for row in held if row.unit_id])
    return [
        Line(
            row,
            people.get(row.by_id or 0),
            people.get(row.person_id or 0),
            spaces.get(row.space_id or 0),
            units.get(row.unit_id or 0),
        )
        for row in held
    ]
