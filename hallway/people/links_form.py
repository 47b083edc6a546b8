"""The fields for the links on one's own profile: five rows of a few words and an address."""

from typing import Any, NamedTuple

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from hallway.core.text import clean_name
from hallway.people import actions
from hallway.people.actions.links import MAX_LABEL
from hallway.people.links import LONGEST_ADDRESS, NoWebAddress, web_address
from hallway.people.models import OwnLink, Person
from hallway.people.models.link import MOST_LINKS


class Pair(NamedTuple):
    """The two fields of one link."""

    label: forms.BoundField
    address: forms.BoundField


class LinksForm(forms.Form):
    """One's own links; a row without an address is none."""

    def __init__(self, person: Person, data: Any = None) -> None:
        self.person = person
        initial: dict[str, str] = {}
        for place, link in enumerate(OwnLink.objects.filter(person=person)):
            initial |= {f"label_{place}": link.label, f"address_{place}": link.address}
        super().__init__(data, initial=initial, prefix="link")
        for place in range(MOST_LINKS):
            self.fields[f"label_{place}"] = forms.CharField(
                label=format_lazy(_("Label of link {number}"), number=place + 1),
                required=False,
                max_length=MAX_LABEL,
                widget=forms.TextInput(attrs={"autocomplete": "off"}),
            )
            self.fields[f"address_{place}"] = forms.CharField(
                label=format_lazy(_("Address of link {number}"), number=place + 1),
                required=False,
                max_length=LONGEST_ADDRESS,
                # Not of the type "url": browsers refuse there what we complete.
                widget=forms.TextInput(
                    attrs={"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}
                ),
            )
        if data is not None:
            for field in self:
                if field.errors:
                    marks = {"aria-invalid": "true", "aria-describedby": f"{field.auto_id}_error"}
                    field.field.widget.attrs.update(marks)

    def clean(self) -> dict[str, Any]:
        clean = super().clean() or self.cleaned_data
        for place in range(MOST_LINKS):
            name = f"address_{place}"
            written = clean.get(name, "").strip()
            if written:
                try:
                    clean[name] = web_address(written)
                except NoWebAddress:
                    self.add_error(
                        name,
                        _("This is no address on the web. Write one such as https://example.org."),
                    )
            elif name in clean and clean_name(clean.get(f"label_{place}", "")):
                self.add_error(name, _("Write the address to this label, or empty both."))
        return clean

    @property
    def pairs(self) -> list[Pair]:
        """The fields that are used, and those of one more link."""
        return self._pairs()[: self._used() + 1]

    @property
    def more(self) -> list[Pair]:
        """The fields beyond these, which stay folded."""
        return self._pairs()[self._used() + 1 :]

    def _pairs(self) -> list[Pair]:
        return [Pair(self[f"label_{n}"], self[f"address_{n}"]) for n in range(MOST_LINKS)]

    def _used(self) -> int:
        """How many rows from the top on have something in them."""
        rows = enumerate(self._pairs(), 1)
        return max((n for n, pair in rows if pair.label.value() or pair.address.value()), default=0)

    def apply(self) -> None:
        """Write what was entered; call it when the form is valid."""
        clean = self.cleaned_data
        found = [(clean[f"label_{n}"], clean[f"address_{n}"]) for n in range(MOST_LINKS)]
        actions.change_links(self.person, [each for each in found if each[1]], by=self.person)
