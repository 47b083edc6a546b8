"""Forms of what people write: they check and keep the words."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hallway.company.present import company
from hallway.core.text import clean_line
from hallway.entries.actions.images import Ahead

MAX_IMAGES = 8


class ManyFiles(forms.ClearableFileInput):
    """A file input that takes several."""

    allow_multiple_selected = True


class ImagesField(forms.FileField):
    """Several uploaded files as a list; their contents are checked when they are re-encoded."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Check each file for itself; raises ValidationError for too many."""
        files = data if isinstance(data, list | tuple) else [data] if data else []
        if len(files) > MAX_IMAGES:
            raise too_many()
        return [super(ImagesField, self).clean(file, initial) for file in files]


class AheadField(forms.Field):
    """The numbers of pictures that were sent ahead, in their order, each once."""

    widget = forms.MultipleHiddenInput

    def clean(self, value: Any) -> list[int]:
        """Take the numbers; what is none stands for a picture that is not there."""
        written = [str(each) for each in value or []]
        return [int(each) if each.isdigit() and len(each) < 19 else 0 for each in written]


class WordsForm(forms.Form):
    """Title, words and images of an entry, and the client's number for the deed.

    Images sent ahead come first, then files, with their descriptions (`alt`) in the same order.
    """

    title = forms.CharField(max_length=200, required=False)
    text = forms.CharField(required=False)
    upload = AheadField(required=False)
    images = ImagesField(required=False)
    alt = forms.Field(required=False, widget=forms.MultipleHiddenInput)
    key = forms.UUIDField(required=False)

    def clean_text(self) -> str:
        """At most as long as is settled for the company; what kinds allow is asked besides."""
        text = str(self.cleaned_data["text"])
        require_short(text)
        return text

    def clean(self) -> dict[str, Any]:
        """Something must be said or shown."""
        cleaned = super().clean() or self.cleaned_data
        count = len(cleaned.get("upload", [])) + len(cleaned.get("images", []))
        if not cleaned.get("text", "").strip() and not count and not self.errors:
            self.demand()
        if count > MAX_IMAGES and not self.errors:
            raise too_many()
        return cleaned

    def demand(self) -> None:
        """Nothing is written and nothing shown: refuse it. Raises ValidationError."""
        raise forms.ValidationError(_("Write something first."))

    @property
    def ahead(self) -> list[Ahead]:
        """The pictures that were sent ahead, with their descriptions."""
        numbers = self.cleaned_data["upload"]
        alts = [*self._alts, *[""] * len(numbers)]
        return [Ahead(number, clean_line(alt)) for number, alt in zip(numbers, alts, strict=False)]

    @property
    def alts(self) -> list[str]:
        """The descriptions of the files."""
        return self._alts[len(self.cleaned_data["upload"]) :]

    @property
    def _alts(self) -> list[str]:
        return [str(alt) for alt in self.cleaned_data["alt"] or []]

    def lines(self) -> list[str]:
        """All errors as plain sentences."""
        return [str(message) for messages in self.errors.values() for message in messages]


def require_short(text: str) -> None:
    """Ask whether the words of a post are short enough. Raises ValidationError, with the limit."""
    most = company().longest_text
    # A browser counts the end of a line as one character, and sends two.
    if len(text.replace("\r\n", "\n")) > most:
        raise forms.ValidationError(
            _("That is too long: at most %(limit_value)d characters fit."),
            params={"limit_value": most},
        )


def too_many() -> forms.ValidationError:
    """The answer to more images than fit into one entry."""
    return forms.ValidationError(
        _("At most %(count)d images fit into one post."), params={"count": MAX_IMAGES}
    )


def new_key() -> str:
    """A number for a deed about to be done in a form; sending the form twice does it once."""
    return str(uuid.uuid4())
