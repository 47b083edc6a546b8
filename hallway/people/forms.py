"""Forms of people: narrowing the directory, and one's own profile."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hallway.company.present import company
from hallway.core.collation import fold
from hallway.core.images import COVER, PROFILE
from hallway.core.text import TextTooLong, clean_line, clean_name, clean_text, render
from hallway.people import actions, units
from hallway.people.actions.change import MAX_ABOUT, MAX_SKILLS
from hallway.people.called import called
from hallway.people.directory import Choices, Wanted
from hallway.people.models import OrgUnit, Person, PersonSkill
from hallway.people.photos import cover_of
from hallway.people.taking import take

HIGHEST = 50


class FilterForm(forms.Form):
    """What the directory is narrowed by; nonsense narrows nothing."""

    q = forms.CharField(label=_("Name"), required=False, max_length=100)
    unit = forms.TypedChoiceField(label=_("Unit"), required=False, coerce=int, empty_value=None)
    location = forms.CharField(label=_("Location"), required=False, max_length=120)
    skill = forms.CharField(label=_("Skill"), required=False, max_length=60)

    def __init__(self, data: Any, *, choices: Choices) -> None:
        super().__init__(data, auto_id="filter-%s")
        self.fields["unit"].choices = [  # type: ignore[attr-defined]
            ("", _("All units")),
            *choices.units.items(),
        ]
        self.fields["q"].widget = forms.TextInput(attrs={"type": "search"})
        self.fields["location"].widget = forms.TextInput(attrs={"list": "locations"})
        self.locations = choices.locations
        _without_hidden(self)

    def wanted(self) -> Wanted:
        """What is asked for, as far as it makes sense."""
        self.is_valid()
        clean = self.cleaned_data
        return Wanted(
            words=clean_line(clean.get("q") or ""),
            unit=clean.get("unit"),
            location=clean_line(clean.get("location") or ""),
            skill=clean_line(clean.get("skill") or ""),
        )


class ProfileForm(forms.Form):
    """One's own profile. Guests have no unit and no manager to choose."""

    asked: tuple[str, ...] = ()
    """The fields that are shown, in this order; all of them if empty."""

    name = forms.CharField(label=_("Name"), max_length=120)
    title = forms.CharField(label=_("Title"), required=False, max_length=120)
    unit = forms.TypedChoiceField(label=_("Unit"), required=False, coerce=int, empty_value=None)
    location = forms.CharField(label=_("Location"), required=False, max_length=120)
    manager = forms.CharField(
        label=pgettext_lazy("of a person", "Manager"),
        required=False,
        max_length=254,
        help_text=_("Their name, their handle such as @amara, or their e-mail address."),
    )
    languages = forms.CharField(
        label=_("Languages"),
        required=False,
        max_length=120,
        help_text=_("What you speak, separated by commas."),
    )
    skills = forms.CharField(
        label=_("Skills"),
        required=False,
        max_length=2_000,
        help_text=_("What colleagues may ask you about, separated by commas."),
    )
    about = forms.CharField(
        label=_("About you"),
        required=False,
        max_length=MAX_ABOUT,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    photo = forms.FileField(
        label=_("Photo"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/*"}),
        help_text=_("JPEG, PNG, WebP, GIF or AVIF. It is cropped to a square."),
    )
    remove_photo = forms.BooleanField(label=_("Remove the photo"), required=False)
    cover = forms.FileField(
        label=_("Cover picture"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/*"}),
        help_text=_("It is cropped to a band, four times as wide as high."),
    )
    remove_cover = forms.BooleanField(label=_("Remove the cover picture"), required=False)

    def __init__(self, person: Person, data: Any = None, files: Any = None) -> None:
        self.person = person
        super().__init__(data, files, initial=_initial(person))
        self.fields = {name: self.fields[name] for name in self.asked or self.fields}
        if person.is_guest:
            for name in ("unit", "manager"):
                self.fields.pop(name, None)
        elif "unit" in self.fields:
            choices = [("", _("None")), *units.paths().items()]
            self.fields["unit"].choices = choices  # type: ignore[attr-defined]
        if not person.photo:
            self.fields.pop("remove_photo", None)
        self.shown_cover = cover_of(person) if "cover" in self.fields else None
        if not self.shown_cover:
            self.fields.pop("remove_cover", None)
        _without_hidden(self)
        for name in self.fields:
            # As nobody reads an error that is not tied to its field.
            if data is not None and self.errors.get(name):
                marks = {"aria-invalid": "true", "aria-describedby": f"id_{name}_error"}
                self.fields[name].widget.attrs.update(marks)

    def clean_name(self) -> str:
        name = clean_name(self.cleaned_data["name"])
        if not any(sign.isalnum() for sign in name):
            raise forms.ValidationError(_("Write your name with at least one letter."))
        return name

    def clean_about(self) -> str:
        about = clean_text(self.cleaned_data["about"])
        try:
            render(about, people={}, max_length=MAX_ABOUT)
        except TextTooLong as error:
            raise forms.ValidationError(str(error)) from error
        return about

    def clean_manager(self) -> Person | None:
        manager = called(self.person, self.cleaned_data["manager"])
        if manager is None:
            return None
        if self.person.pk in _above(manager):
            raise forms.ValidationError(_("This would make you your own manager."))
        return manager

    def clean_skills(self) -> list[str]:
        skills: list[str] = self.cleaned_data["skills"].replace(";", ",").split(",")
        different = {fold(skill) for skill in skills} - {""}
        if len(different) > MAX_SKILLS:
            raise forms.ValidationError(
                _("These are %(count)d skills. At most %(limit)d are shown."),
                params={"count": len(different), "limit": MAX_SKILLS},
            )
        return skills

    def clean(self) -> dict[str, Any]:
        clean = super().clean() or self.cleaned_data
        take(self, self.person, {"photo": PROFILE, "cover": COVER})
        return clean

    def apply(self) -> None:
        """Write what was entered; call it when the form is valid."""
        fields = dict(self.cleaned_data)
        picture = fields.pop("photo", None)
        without_photo = fields.pop("remove_photo", False)
        cover, without_cover = fields.pop("cover", None), fields.pop("remove_cover", False)
        skills = fields.pop("skills", None)
        if "unit" in fields:
            fields["unit"] = OrgUnit.objects.filter(pk=fields["unit"]).first()
        actions.change_profile(self.person, by=self.person, skills=skills, **fields)
        if picture is not None:
            actions.change_photo(self.person, picture, by=self.person)
        elif without_photo:
            actions.remove_photo(self.person, by=self.person)
        if cover is not None:
            actions.change_cover(self.person, cover, by=self.person)
        elif without_cover:
            actions.remove_cover(self.person, by=self.person)


class IntroductionForm(ProfileForm):
    """What a newcomer says first: a photo and a few words."""

    asked = ("photo", "about")


def _without_hidden(form: forms.Form) -> None:
    """Take away the fields that the company has switched off; what was in them is kept."""
    names = {"skill": "skills", "remove_cover": "cover"}
    for name in list(form.fields):
        if not company().shows(names.get(name, name)):
            del form.fields[name]


def _initial(person: Person) -> dict[str, Any]:
    names = PersonSkill.objects.filter(person=person).values_list("name", flat=True)
    return {
        "name": person.name,
        "title": person.title,
        "unit": person.unit_id,
        "location": person.location,
        "manager": f"@{person.manager.handle}" if person.manager else "",
        "languages": person.languages,
        "skills": ", ".join(names),
        "about": person.about,
    }


def _above(manager: Person) -> list[int]:
    """The manager and all above them, by id; ends at a circle that is there already."""
    found: list[int] = []
    current: int | None = manager.pk
    while current is not None and current not in found and len(found) < HIGHEST:
        found.append(current)
        current = Person.objects.filter(pk=current).values_list("manager_id", flat=True).first()
    return found
