"""What administrators fill in to settle what holds for the whole company."""

import re
from collections.abc import Mapping
from typing import Any, BinaryIO, cast

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from hallway.company.models import SHORTEST_LIMIT, Company
from hallway.core.images import LOGO, MAX_MEGABYTES, ImageRefused, Picture, turn
from hallway.core.limits import TooFast, spend
from hallway.core.text import MAX_SOURCE, clean_name
from hallway.people.models import Person

LABEL = re.compile(r"[a-z0-9-]{1,63}")
LONGEST_DOMAIN = 253  # characters; RFC 1035, section 2.3.4


class CompanyForm(forms.Form):
    """All that is settled but the logo, which has a form of its own.

    Where somebody leaves what the environment says, the environment goes on deciding.
    """

    seen = forms.IntegerField(widget=forms.HiddenInput)
    name = forms.CharField(label=_("Name of the company"), max_length=100)
    hue = forms.IntegerField(
        label=_("Colour"),
        min_value=0,
        max_value=360,
        widget=forms.NumberInput(attrs={"type": "range", "class": "hue-range"}),
        help_text=_("A hue from 0 to 360: 25 is red, 95 yellow, 166 green, 250 blue, 310 violet."),
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages offered"),
        choices=settings.LANGUAGES,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Whoever uses one that you take away gets the default language."),
    )
    language = forms.ChoiceField(
        label=_("Default language"),
        choices=settings.LANGUAGES,
        help_text=_("For those who have not chosen one."),
    )
    second_step = forms.ChoiceField(
        label=_("Who needs a second step to sign in"),
        choices=Company.SecondStep.choices,
        widget=forms.RadioSelect,
        help_text=_("Whoever has none is led to set one up, and can do nothing else till then."),
    )

    joining = forms.ChoiceField(
        label=_("Who may join"), choices=Company.Joining.choices, widget=forms.RadioSelect
    )
    domains = forms.CharField(
        label=_("Domains, a line for each"),
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false", "autocomplete": "off"}),
        help_text=_(
            "Such as company.example. Whoever asks gets a mail and shows with it that the address"
            " is theirs. Domains below one of them have to be named, too."
        ),
    )
    shown_fields = forms.MultipleChoiceField(
        label=_("What profiles have besides name, title and unit"),
        choices=Company.ProfileField.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "What you switch off is shown to nobody, and nobody finds people by it. What people"
            " wrote is kept for the day it is switched on again."
        ),
    )

    largest_picture = forms.IntegerField(
        label=_("Largest picture, in MB"),
        min_value=1,
        max_value=MAX_MEGABYTES,
        help_text=_("From 1 to 15. It holds for each file as it is sent, in posts and profiles."),
    )
    longest_text = forms.IntegerField(
        label=_("Longest post, in characters"),
        min_value=SHORTEST_LIMIT,
        max_value=MAX_SOURCE,
        help_text=_(
            "From 500 to 20000. It holds for comments, too. What is longer already stays until"
            " somebody edits it."
        ),
    )

    def __init__(self, held: Company, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, initial=_initial(held))
        for name in self.fields:
            if data is not None and self.errors.get(name):
                marks = {"aria-invalid": "true", "aria-describedby": f"id_{name}_error"}
                self.fields[name].widget.attrs.update(marks)

    def clean_name(self) -> str:
        name = clean_name(self.cleaned_data["name"])
        if not name:
            raise forms.ValidationError(self.fields["name"].error_messages["required"])
        return name

    def clean_domains(self) -> list[str]:
        found = self.cleaned_data["domains"].replace(",", " ").lower().split()
        domains = sorted({each.rpartition("@")[2].rstrip(".") for each in found})
        wrong = [each for each in domains if not _is_domain(each)]
        if wrong:
            raise forms.ValidationError(
                _("“%(domain)s” is no domain."), params={"domain": wrong[0]}
            )
        return domains

    def clean(self) -> dict[str, Any]:
        clean = super().clean() or self.cleaned_data
        offered = clean.get("languages")
        if offered and clean.get("language") not in offered:
            self.add_error("language", _("This language is not among those offered."))
        if clean.get("joining") == Company.Joining.DOMAINS and clean.get("domains") == []:
            self.add_error("domains", _("Name at least one domain."))
        return clean

    def show_again(self, held: Company) -> None:
        """Keep what was typed, to be sent once more over what somebody else settled meanwhile."""
        data = self.data.copy()  # type: ignore[attr-defined]
        data["seen"] = str(held.version)
        self.data = data

    @property
    def wanted(self) -> dict[str, Any]:
        """The fields of `Company`, as `actions.change_settings` takes them."""
        clean, config = self.cleaned_data, settings.CONFIG
        return {
            "own_name": "" if clean["name"] == config.company else clean["name"],
            "own_hue": None if clean["hue"] == config.hue else clean["hue"],
            "own_language": "" if clean["language"] == config.language else clean["language"],
            "languages": clean["languages"],
            "second_step": clean["second_step"],
            "joining": clean["joining"],
            "domains": clean["domains"],
            "largest_picture": clean["largest_picture"],
            "longest_text": clean["longest_text"],
            "hidden_fields": [
                name for name in Company.ProfileField.values if name not in clean["shown_fields"]
            ],
        }


class LogoForm(forms.Form):
    """A file to be made the logo."""

    logo = forms.FileField(
        label=_("File"),
        widget=forms.FileInput(attrs={"accept": "image/*"}),
        help_text=_("JPEG, PNG, WebP, GIF or AVIF. It is shown small, beside the mark."),
    )

    def __init__(self, by: Person, data: Any = None, files: Any = None) -> None:
        self.by = by
        super().__init__(data, files)

    def clean_logo(self) -> Picture:
        upload = self.cleaned_data["logo"]
        try:
            spend(self.by.pk, "picture")
            with turn(self.by.pk) as held:
                return held.accept(cast(BinaryIO, upload.file), sizes=LOGO)
        except (ImageRefused, TooFast) as error:
            raise forms.ValidationError(str(error)) from error


def _initial(held: Company) -> dict[str, Any]:
    return {
        "seen": held.version,
        "name": held.name,
        "hue": held.hue,
        "languages": held.languages,
        "language": held.language,
        "second_step": held.second_step,
        "joining": held.joining,
        "domains": "\n".join(held.domains),
        "largest_picture": held.largest_picture,
        "longest_text": held.longest_text,
        "shown_fields": [each for each in Company.ProfileField.values if held.shows(each)],
    }


def _is_domain(text: str) -> bool:
    labels = text.split(".")
    return len(text) <= LONGEST_DOMAIN and len(labels) > 1 and all(map(LABEL.fullmatch, labels))
