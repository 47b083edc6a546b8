"""What administrators fill in; every field is bounded."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from hallway.audit.models import Deed, Source
from hallway.company.present import language_at_first, languages_offered
from hallway.core.text import clean_line, clean_name
from hallway.guests.forms import DayForm
from hallway.people import units
from hallway.people.called import called
from hallway.people.models import OrgUnit, Person

MOST_AT_ONCE = 50
"""Invitations in one form: each is a mail, and somebody waits for the answer."""

STATES = (
    ("", gettext_lazy("Everybody")),
    ("active", gettext_lazy("Active")),
    ("waiting", gettext_lazy("Not here yet")),
    ("deactivated", gettext_lazy("Deactivated")),
    ("administrators", gettext_lazy("Administrators")),
    ("guests", gettext_lazy("Guests")),
)


class PeopleFilter(forms.Form):
    """Which people to list."""

    q = forms.CharField(label=gettext_lazy("Name or address"), required=False, max_length=100)
    state = forms.ChoiceField(label=gettext_lazy("Who"), required=False, choices=STATES)

    def clean_q(self) -> str:
        return clean_line(self.cleaned_data["q"])


class LogFilter(forms.Form):
    """Which deeds to list."""

    who = forms.CharField(label=gettext_lazy("Person (handle)"), required=False, max_length=63)
    deed = forms.ChoiceField(
        label=gettext_lazy("What"),
        required=False,
        choices=[("", gettext_lazy("Everything")), *Deed.choices],
    )
    source = forms.ChoiceField(
        label=gettext_lazy("From where"),
        required=False,
        choices=[("", gettext_lazy("From anywhere")), *Source.choices],
    )
    since = forms.DateField(
        label=gettext_lazy("Since"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class InvitationsForm(DayForm):
    """Whom to invite: a line for each; guests may have a last day."""

    people = forms.CharField(
        label=gettext_lazy("People, a line for each"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false", "autocomplete": "off"}),
        help_text=gettext_lazy("Name and address, such as: Ada Lund <ada@company.example>"),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Who they are"),
        choices=Person.Kind.choices,
        initial=Person.Kind.EMPLOYEE,
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language"), choices=languages_offered, initial=language_at_first
    )

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        field = self.fields["until"]
        field.required, field.initial = False, None
        field.label = gettext_lazy("Last day, for guests")
        field.help_text = gettext_lazy("If it is empty, they stay until somebody ends it.")

    def clean(self) -> dict[str, Any]:
        clean = super().clean() or self.cleaned_data
        if clean.get("until") and clean.get("kind") == Person.Kind.EMPLOYEE:
            self.add_error("until", _("Only guests have a last day."))
        return clean

    def clean_people(self) -> list[tuple[str, str]]:
        """Address and name of each line; an error names every bad line by its number."""
        lines = [clean_line(line) for line in self.cleaned_data["people"].splitlines()]
        found, errors = [], []
        for number, line in enumerate(lines, 1):
            if not line:
                continue
            name, address = _apart(line)
            try:
                validate_email(address)
            except ValidationError:
                errors.append(
                    _("Line %(line)d has no address that can be right.") % {"line": number}
                )
                continue
            if not name or len(name) > 120:
                errors.append(
                    _("Line %(line)d needs a name before the address.") % {"line": number}
                )
                continue
            found.append((address, name))
        if len(found) > MOST_AT_ONCE:
            errors.append(
                _("At most %(most)d at once. For more, import a table.") % {"most": MOST_AT_ONCE}
            )
        if errors:
            raise ValidationError(errors)
        return found


class TableForm(forms.Form):
    """A table of people to look through."""

    file = forms.FileField(
        label=gettext_lazy("Table (CSV)"),
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
        help_text=gettext_lazy("The columns email and name are needed. Nothing is written yet."),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST_TABLE:
            raise ValidationError(
                _("This table is larger than 10 MB. The command hallway import takes larger ones.")
            )
        return file


class NewUnitForm(forms.Form):
    """What a unit is called, and what it is."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"),
        choices=OrgUnit.Kind.choices,
        initial=OrgUnit.Kind.DEPARTMENT,
    )

    def clean_name(self) -> str:
        name = clean_name(self.cleaned_data["name"])
        if not name:
            raise ValidationError(self.fields["name"].error_messages["required"])
        return name


class UnitForm(NewUnitForm):
    """The same, and where it lies; not within itself."""

    parent = forms.TypedChoiceField(
        label=gettext_lazy("Lies in"), required=False, coerce=int, empty_value=None
    )

    head = forms.CharField(
        label=pgettext_lazy("of a unit", "Head"),
        required=False,
        max_length=254,
        help_text=gettext_lazy(
            "Their name, handle or address."
            " If it is empty, it is worked out from who reports to whom."
        ),
    )

    def __init__(self, *given: Any, unit: OrgUnit, by: Person, **named: Any) -> None:
        super().__init__(*given, **named)
        self.by = by
        below = set(units.within(unit.pk))
        places = [(pk, path) for pk, path in units.paths().items() if pk not in below]
        field: Any = self.fields["parent"]
        field.choices = [("", _("At the top")), *places]

    def clean_head(self) -> Person | None:
        return called(self.by, self.cleaned_data["head"])

    def clean_parent(self) -> OrgUnit | None:
        return OrgUnit.objects.filter(pk=self.cleaned_data["parent"]).first()


LARGEST_TABLE = 10 * 1024 * 1024


def _apart(line: str) -> tuple[str, str]:
    """Name and address of “Ada Lund <ada@company.example>”, with or without the brackets."""
    before, _space, last = line.replace("<", " ").replace(">", " ").strip().rpartition(" ")
    return clean_name(before.strip(' ,;"')), last.strip(",;").lower()
