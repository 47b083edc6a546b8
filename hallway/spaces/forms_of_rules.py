"""The form of one rule: by what people fit, and what it must be."""

from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from hallway.core.text import clean_line
from hallway.people.models import OrgUnit
from hallway.people.units import paths
from hallway.spaces.actions.rule import grounds_of
from hallway.spaces.models import Rule, Space


class RuleForm(forms.Form):
    """One ground with its value; `ground` is fixed for an empty form."""

    ground = forms.ChoiceField(widget=forms.HiddenInput)
    value = forms.CharField(max_length=120, error_messages={"required": _("Say what it must be.")})

    def __init__(self, space: Space, data: Any = None, *, ground: str = "") -> None:
        wanted = ground or str((data or {}).get("ground", ""))
        super().__init__(data, initial={"ground": wanted}, auto_id=f"{wanted}-%s")
        self.space = space
        grounds = [pair for pair in Rule.Ground.choices if pair[0] in grounds_of(space)]
        self.fields["ground"].choices = grounds  # type: ignore[attr-defined]
        if wanted in Rule.Ground.values:
            self.fields["value"].label = Rule.Ground(wanted).label
        if wanted == Rule.Ground.UNIT:
            self._choose([(str(pk), path) for pk, path in paths().items()])
        elif wanted == Rule.Ground.LANGUAGE:
            self._choose([(code, _(name)) for code, name in settings.LANGUAGES])
        elif wanted:
            self.fields["value"].widget = forms.TextInput(attrs={"list": f"offered-{wanted}"})

    def _choose(self, choices: list[tuple[str, Any]]) -> None:
        self.fields["value"] = forms.ChoiceField(
            label=self.fields["value"].label,
            choices=choices,
            error_messages={"invalid_choice": _("There is no such thing any more.")},
        )

    def clean_value(self) -> str:
        return clean_line(self.cleaned_data["value"])

    @property
    def kind(self) -> str:
        """By what people fit."""
        return str(self["ground"].value())

    def rule(self) -> Rule:
        """What was entered, not stored; call it when the form is valid."""
        ground, value = self.cleaned_data["ground"], self.cleaned_data["value"]
        if ground == Rule.Ground.UNIT:
            unit = QuerySet(OrgUnit).filter(pk=int(value)).first()
            return Rule(space=self.space, ground=ground, unit=unit)
        return Rule(space=self.space, ground=ground, value=value)
