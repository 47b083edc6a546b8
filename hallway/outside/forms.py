"""The form in which people say when they want to be told outside."""

from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django import forms
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from hallway.outside.actions import Plan
from hallway.outside.models import Schedule

HOURS = [(hour, f"{hour:02}:00") for hour in range(24)]
NO_HOUR = ("", _("No hour"))
DAYS = list(WEEKDAYS.items())
ZONES = sorted(
    name for name in available_timezones() if "/" in name and not name.startswith(("Etc/", "posix"))
)


class SubscriptionForm(forms.Form):
    """What the browser says of where it takes pushes; `frontend/src/push-switch.ts` fills it in."""

    endpoint = forms.CharField(max_length=1000)
    p256dh = forms.CharField(max_length=100)
    auth = forms.CharField(max_length=40)


class ScheduleForm(forms.Form):
    """Rhythm, hours and days, in the time zone named in it."""

    rhythm = forms.ChoiceField(
        label=_("How often"), choices=Schedule.Rhythm.choices, widget=forms.RadioSelect
    )
    weekday = forms.TypedChoiceField(label=_("On"), choices=DAYS, coerce=int)
    hour = forms.TypedChoiceField(label=_("At"), choices=HOURS, coerce=int)
    zone = forms.ChoiceField(label=_("Time zone"))
    quiet_from = forms.TypedChoiceField(
        label=_("From"), choices=[NO_HOUR, *HOURS], coerce=int, empty_value=None, required=False
    )
    quiet_until = forms.TypedChoiceField(
        label=_("Until"), choices=[NO_HOUR, *HOURS], coerce=int, empty_value=None, required=False
    )
    quiet_days = forms.TypedMultipleChoiceField(
        label=_("All day on"),
        choices=DAYS,
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, data: Any = None, *, schedule: Schedule) -> None:
        # Who has chosen no zone most likely sits where their browser does.
        zone = schedule.zone or timezone.get_current_timezone_name()
        fields = ("rhythm", "weekday", "hour", "quiet_from", "quiet_until", "quiet_days")
        initial = {name: getattr(schedule, name) for name in fields} | {"zone": zone}
        super().__init__(data, initial=initial)
        zones = sorted({*ZONES, ZoneInfo(zone).key})
        self.fields["zone"].choices = [  # type: ignore[attr-defined]
            (name, name.replace("_", " ")) for name in zones
        ]

    def clean(self) -> dict[str, Any]:
        """Quiet hours have two ends, and some day is not quiet."""
        given = self.cleaned_data
        if (given.get("quiet_from") is None) != (given.get("quiet_until") is None):
            self.add_error("quiet_until", _("Choose both hours, or none."))
        if len(set(given.get("quiet_days", ()))) == 7:
            self.add_error("quiet_days", _("Leave at least one day on which you can be told."))
        return given

    @property
    def plan(self) -> Plan:
        """What was chosen."""
        return Plan(**{**self.cleaned_data, "quiet_days": sorted(self.cleaned_data["quiet_days"])})
