"""The form in which a space is founded and changed, and the words to those who fill it in."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hallway.core.collation import fold
from hallway.core.text import clean_name
from hallway.people.models import Person
from hallway.spaces.actions.join import LONGEST_MESSAGE
from hallway.spaces.hues import HUES
from hallway.spaces.models import Space
from hallway.spaces.queries import same_name


@dataclass(frozen=True)
class Option:
    """One choice of a radio field with a sentence that explains it."""

    value: str
    label: str | Promise
    text: str | Promise = ""


OPENNESS = (
    Option("open", _("Open"), _("All employees can read and join. Guests see it when put in.")),
    Option(
        "closed",
        _("Closed"),
        _("All employees see its name and description and can ask to join. Only members read."),
    ),
    Option("secret", _("Secret"), _("Only members and those invited know that it exists.")),
)
POSTING = (
    Option("members", _("All members"), _("Everybody who belongs to it starts posts.")),
    Option("managers", _("Managers only"), _("For announcements. All readers can still comment.")),
)
FOUNDED_BY_ALL = ("department", "team", "project", "community")


class SpaceForm(forms.Form):
    """All that a manager decides about a space."""

    name = forms.CharField(max_length=100, error_messages={"required": _("Give the space a name.")})
    description = forms.CharField(max_length=2000, required=False, widget=forms.Textarea)
    kind = forms.ChoiceField(choices=Space.Kind.choices)  # narrowed below
    openness = forms.ChoiceField(
        choices=Space.Openness.choices, error_messages={"required": _("Choose who may read it.")}
    )
    posting = forms.ChoiceField(choices=Space.Posting.choices)
    hue_step = forms.TypedChoiceField(choices=list(enumerate(HUES)), coerce=int)

    def __init__(self, viewer: Person, *args: Any, space: Space | None = None, **kw: Any) -> None:
        super().__init__(*args, **kw)
        self.viewer = viewer
        self.space = space
        self.kinds = self._kinds()
        if space is not None and space.is_company:
            # The company's space stays what it is; the database would refuse anything else.
            del self.fields["kind"], self.fields["openness"]
        else:
            self.fields["kind"] = forms.ChoiceField(choices=self.kinds)

    def clean_name(self) -> str:
        """Spaces that one sees have different names; secret ones of others do not count."""
        name = clean_name(self.cleaned_data["name"])
        if not name:
            raise forms.ValidationError(_("Give the space a name."))
        others = same_name(self.viewer, name)
        if self.space is not None:
            others = others.exclude(pk=self.space.pk)
        renamed = self.space is None or fold(self.space.name) != fold(name)
        if renamed and others.exists():
            raise forms.ValidationError(
                _("There is already a space of this name. Join it instead?")
            )
        return name

    def options(self) -> dict[str, list[dict[str, Any]]]:
        """The radio choices of each field for the template, each saying whether it is chosen."""
        given = {
            "openness": OPENNESS,
            "posting": POSTING,
            "hue_step": tuple(Option(str(step), name) for step, name in enumerate(HUES)),
        }
        if "kind" in self.fields:
            given["kind"] = tuple(Option(value, label) for value, label in self.kinds)
        return {
            name: [
                {"option": option, "chosen": str(self[name].value()) == option.value}
                for option in options
            ]
            for name, options in given.items()
            if name in self.fields
        }

    def _kinds(self) -> list[tuple[str, str]]:
        kinds = list(FOUNDED_BY_ALL)
        if self.viewer.is_administrator:
            kinds.insert(0, "subsidiary")
        if self.space is not None and self.space.kind not in kinds:
            kinds.insert(0, self.space.kind)
        return [(kind, str(Space.Kind(kind).label)) for kind in kinds]


class AskForm(forms.Form):
    """A few words to the managers of a closed space."""

    message = forms.CharField(max_length=LONGEST_MESSAGE, required=False)
