"""The form in which a town hall is announced and changed, and the words to those who fill it in."""

import re
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hallway.core.moments import is_shown
from hallway.core.text import clean_name
from hallway.entries.forms import require_short
from hallway.people.access import visible_to
from hallway.people.models import Person
from hallway.spaces import access as spaces
from hallway.spaces.models import Space
from hallway.townhalls.access import spaces_to_announce_in
from hallway.townhalls.actions import Plan
from hallway.townhalls.models import TownHall
from hallway.townhalls.player import origin_of

MOST_NAMED = 20
"""People in one role."""

_NAMED = re.compile(r"[\s,;]+")


class HallForm(forms.Form):
    """All that is decided about a town hall. Times are those of the zone the form names."""

    key = forms.UUIDField(required=False)
    space: "forms.ModelChoiceField[Space]" = forms.ModelChoiceField(
        queryset=None,
        error_messages={
            "required": gettext_lazy("Choose a space."),
            "invalid_choice": gettext_lazy("You may not announce a town hall there, or no longer."),
        },
    )
    title = forms.CharField(
        max_length=200, error_messages={"required": gettext_lazy("Give it a title.")}
    )
    text = forms.CharField(required=False)
    date = forms.DateField(
        input_formats=["%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y"],
        error_messages={
            "required": gettext_lazy("Choose a day."),
            "invalid": gettext_lazy("Write the day as 2026-09-30."),
        },
    )
    time = forms.TimeField(
        input_formats=["%H:%M", "%H:%M:%S"],
        error_messages={
            "required": gettext_lazy("Choose a time."),
            "invalid": gettext_lazy("Write the time as 14:30."),
        },
    )
    zone = forms.CharField(max_length=64, required=False)
    minutes = forms.IntegerField(
        min_value=5,
        max_value=600,
        error_messages={
            name: gettext_lazy("It takes 5 to 600 minutes.")
            for name in ("required", "invalid", "min_value", "max_value")
        },
    )
    hosts = forms.CharField(max_length=1500, required=False)
    speakers = forms.CharField(max_length=1500, required=False)
    moderators = forms.CharField(max_length=1500, required=False)
    moderation = forms.ChoiceField(choices=TownHall.Moderation.choices)
    asking_before = forms.BooleanField(required=False)
    tokens = forms.IntegerField(
        min_value=0,
        max_value=10,
        required=False,
        error_messages={
            name: gettext_lazy("Choose a number from 0 to 10.")
            for name in ("invalid", "min_value", "max_value")
        },
    )
    player_url = forms.CharField(max_length=500, required=False)

    def __init__(self, viewer: Person, *args: Any, hall: TownHall | None = None, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.viewer = viewer
        self.hall = hall
        if hall is None:
            self.fields["space"].queryset = spaces_to_announce_in(viewer)  # type: ignore[attr-defined]
        else:
            # Where it takes place and how often one may ask without a name was promised.
            del self.fields["space"], self.fields["tokens"]
            if hall.entry.author_id != viewer.pk:
                # Words are changed by whoever published them, as everywhere.
                del self.fields["title"], self.fields["text"]

    @property
    def place(self) -> Space | None:
        """The space it takes place in, once that is known."""
        return self.hall.space if self.hall else self.cleaned_data.get("space")

    @property
    def zone_name(self) -> str:
        """The zone of the times in the form: that in which it was filled in, else the viewer's."""
        given = str(self.data.get("zone", ""))
        return given if _zone(given) else timezone.get_current_timezone_name()

    def clean_title(self) -> str:
        """A title without control characters, and not only of blanks."""
        title = clean_name(self.cleaned_data["title"])
        if not title:
            raise forms.ValidationError(_("Give it a title."))
        return title

    def clean_text(self) -> str:
        """As long as a post may be."""
        text = str(self.cleaned_data["text"])
        require_short(text)
        return text

    def clean_player_url(self) -> str:
        """Only https, and at a host that is not this one."""
        address = str(self.cleaned_data["player_url"]).strip()
        if not address:
            return ""
        origin = origin_of(address)
        if not origin:
            raise forms.ValidationError(_("The address of a player begins with https://."))
        if origin == origin_of(settings.CONFIG.base_url):
            raise forms.ValidationError(_("The player must be at another address than Hallway."))
        return address

    def clean(self) -> dict[str, Any]:
        """The moment in its zone, and people who can see the place."""
        cleaned = super().clean() or self.cleaned_data
        if "date" in cleaned and "time" in cleaned:
            self._clean_moment(cleaned)
        for name in ("hosts", "speakers", "moderators"):
            if name in cleaned:
                cleaned[name] = self._people(name, cleaned[name])
        return cleaned

    def plan(self) -> Plan:
        """The plan of a valid form."""
        data = self.cleaned_data
        return Plan(
            starts_at=data["starts_at"],
            minutes=data["minutes"],
            asking_before=data["asking_before"],
            moderation=data["moderation"],
            tokens=self.hall.tokens if self.hall else data.get("tokens") or 0,
            player_url=data["player_url"],
            hosts=data["hosts"],
            speakers=data["speakers"],
            moderators=data["moderators"],
        )

    def _clean_moment(self, cleaned: dict[str, Any]) -> None:
        # Where clocks are set back an hour comes twice; the first of the two is meant.
        moment = datetime.combine(cleaned["date"], cleaned["time"], ZoneInfo(self.zone_name))
        try:
            exists = is_shown(moment)
        except OverflowError:
            self.add_error("date", _("Choose a day."))
            return
        if not exists:
            sentence = _("Clocks are set forward then, so this time does not exist on that day.")
            self.add_error("time", sentence)
        elif self._moved(moment) and moment < timezone.now() - timedelta(minutes=1):
            self.add_error("date", _("That is over already: choose a day and time to come."))
        cleaned["starts_at"] = moment

    def _moved(self, moment: datetime) -> bool:
        return self.hall is None or (
            self.hall.is_announced
            and self.hall.starts_at.replace(second=0, microsecond=0) != moment
        )

    def _people(self, name: str, text: str) -> list[Person]:
        handles = [word.lstrip("@").lower() for word in _NAMED.split(text) if word.strip("@")]
        handles = list(dict.fromkeys(handles))
        if len(handles) > MOST_NAMED:
            self.add_error(name, _("Name at most %(most)d people.") % {"most": MOST_NAMED})
            return []
        rows = visible_to(self.viewer).filter(handle__in=handles, is_active=True)
        found = {person.handle: person for person in rows}
        unknown = [f"@{handle}" for handle in handles if handle not in found]
        if unknown:
            sentence = _(
                "Nobody here is called %(names)s. Choose from the names offered after an @."
            )
            self.add_error(name, sentence % {"names": ", ".join(unknown)})
        elif self.place is not None and found:
            among = spaces.readers_of(self.place).filter(handle__in=handles)
            reading = set(among.values_list("handle", flat=True))
            outside = [found[handle].name for handle in handles if handle not in reading]
            if outside:
                sentence = _("%(names)s cannot see this space, so not the town hall either.")
                self.add_error(name, sentence % {"names": ", ".join(outside)})
        return [found[handle] for handle in handles if handle in found]


def _zone(name: str) -> ZoneInfo | None:
    if not re.fullmatch(r"[A-Za-z0-9_+/-]{1,64}", name):
        return None
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return None
