"""The fields for one's birthday and for since when one works here, each with its own switch."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from hallway.people import actions
from hallway.people.actions.days import Given
from hallway.people.days import kinds_shown
from hallway.people.models import Person, PersonalDay
from hallway.people.models.day import LEAP_YEAR

Kind = PersonalDay.Kind
FIRST = date(1900, 1, 1)
_NUMBERS = [("", "–"), *((n, n) for n in range(1, 32))]
_MONTHS = [("", "–"), *MONTHS.items()]


class DaysForm(forms.Form):
    """One's own days. Nobody sees them before the switch beside is on."""

    day = forms.TypedChoiceField(
        label=_("Day"), required=False, choices=_NUMBERS, coerce=int, empty_value=None
    )
    month = forms.TypedChoiceField(
        label=_("Month"), required=False, choices=_MONTHS, coerce=int, empty_value=None
    )
    birthday_shown = forms.BooleanField(label=_("Colleagues may see it"), required=False)
    since = forms.DateField(
        label=_("Here since"),
        required=False,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "date", "min": FIRST.isoformat()}, format="%Y-%m-%d"),
    )
    since_shown = forms.BooleanField(label=_("Colleagues may see it"), required=False)

    def __init__(self, person: Person, data: Any = None) -> None:
        self.person = person
        super().__init__(data, initial=_initial(person), prefix="days")
        kinds = kinds_shown()
        self.has_birthday, self.has_since = Kind.BIRTHDAY in kinds, Kind.ANNIVERSARY in kinds
        for has, names in (
            (self.has_birthday, ("day", "month", "birthday_shown")),
            (self.has_since, ("since", "since_shown")),
        ):
            for name in names:
                if not has:
                    del self.fields[name]
        if data is not None:
            for field in self:
                if field.errors:
                    marks = {"aria-invalid": "true", "aria-describedby": f"{field.auto_id}_error"}
                    field.field.widget.attrs.update(marks)

    def clean_since(self) -> date | None:
        since: date | None = self.cleaned_data["since"]
        if since and not FIRST <= since <= timezone.localdate():
            raise forms.ValidationError(_("Choose a day that has been."))
        return since

    def clean(self) -> dict[str, Any]:
        clean = super().clean() or self.cleaned_data
        day, month = clean.get("day"), clean.get("month")
        if (day is None) != (month is None):
            self.add_error("month" if month is None else "day", _("Choose day and month, or none."))
        elif day and month and not _is_a_day(month, day):
            self.add_error("day", _("This month has no such day."))
        return clean

    def apply(self) -> None:
        """Write what was entered; call it when the form is valid."""
        clean, me = self.cleaned_data, self.person
        if self.has_birthday:
            day, shown = clean["day"], clean["birthday_shown"]
            given = Given(clean["month"], day, None, shown) if day else None
            actions.change_day(me, Kind.BIRTHDAY, given, by=me)
        if self.has_since:
            since, shown = clean["since"], clean["since_shown"]
            given = Given(since.month, since.day, since.year, shown) if since else None
            actions.change_day(me, Kind.ANNIVERSARY, given, by=me)


def _initial(person: Person) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for row in PersonalDay.objects.filter(person=person):
        if row.is_birthday:
            found |= {"day": row.day, "month": row.month, "birthday_shown": row.is_shown}
        else:
            found |= {"since": row.on, "since_shown": row.is_shown}
    return found


def _is_a_day(month: int, day: int) -> bool:
    try:
        date(LEAP_YEAR, month, day)
    except ValueError:
        return False
    return True
