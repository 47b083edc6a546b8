"""What one fills in about guests; every field is bounded."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hallway.accounts.forms import NameField, address_field
from hallway.company.present import language_at_first, languages_offered
from hallway.guests.models import LONGEST, today

USUALLY = timedelta(days=90)


class DayForm(forms.Form):
    """The last day of a stay."""

    until = forms.DateField(label=_("Until, the last day"), input_formats=["%Y-%m-%d"])

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        field = self.fields["until"]
        bounds = {"min": today().isoformat(), "max": (today() + LONGEST).isoformat()}
        field.widget = forms.DateInput(attrs={"type": "date", **bounds}, format="%Y-%m-%d")
        field.initial = field.initial or today() + USUALLY


class GuestForm(DayForm):
    """Whom to invite from outside, and until when."""

    email = address_field()
    name = NameField()
    language = forms.ChoiceField(
        label=_("Language"), choices=languages_offered, initial=language_at_first
    )
    field_order = ["email", "name", "until", "language"]

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        for name in ("email", "name"):
            self.fields[name].widget.attrs["autocomplete"] = "off"
