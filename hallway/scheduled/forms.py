"""When a post is to be published: a day and a time in the zone of whoever writes."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hallway.core.moments import is_shown
from hallway.entries.forms import WordsForm
from hallway.scheduled.actions import LONGEST, NotLater


class LaterForm(WordsForm):
    """Words and images as for a post, and the moment for them."""

    on = forms.DateField(
        input_formats=["%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y"],
        error_messages={
            "required": _("Choose a day."),
            "invalid": _("Write the day as 2026-09-30."),
        },
    )
    at = forms.TimeField(
        input_formats=["%H:%M", "%H:%M:%S"],
        error_messages={
            "required": _("Choose a time."),
            "invalid": _("Write the time as 14:30."),
        },
    )

    def __init__(self, *args: Any, pictures: int = 0, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.pictures = pictures

    def demand(self) -> None:
        """Pictures that are there already say enough."""
        if not self.pictures:
            super().demand()

    def clean_on(self) -> date:
        """A day that can be meant; whether the moment is to come is asked by the deed."""
        chosen: date = self.cleaned_data["on"]
        if abs(chosen - timezone.localdate()) > 2 * LONGEST:
            raise forms.ValidationError(str(NotLater()))
        return chosen

    def clean_at(self) -> time:
        """A time that comes on that day."""
        chosen: time = self.cleaned_data["at"]
        if "on" in self.cleaned_data and not is_shown(self._moment(chosen)):
            raise forms.ValidationError(
                _("Clocks are set forward then, so this time does not exist on that day.")
            )
        return chosen

    @property
    def due_at(self) -> datetime:
        """The moment, in the zone in which the viewer reads all times."""
        return self._moment(self.cleaned_data["at"])

    def _moment(self, chosen: time) -> datetime:
        # Where clocks are set back an hour comes twice; the first of the two is meant.
        zone = timezone.get_current_timezone()
        return datetime.combine(self.cleaned_data["on"], chosen, zone)
