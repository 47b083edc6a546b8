"""Forms of what people write: they check and keep the words."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hallway.core.text import MAX_SOURCE

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
            raise forms.ValidationError(
                _("At most %(count)d images fit into one post."), params={"count": MAX_IMAGES}
            )
        return [super(ImagesField, self).clean(file, initial) for file in files]


class WordsForm(forms.Form):
    """Title, words and images of an entry, and the client's number for the deed."""

    title = forms.CharField(max_length=200, required=False)
    text = forms.CharField(
        max_length=MAX_SOURCE,
        required=False,
        error_messages={
            "max_length": _("That is too long: at most %(limit_value)d characters fit.")
        },
    )
    images = ImagesField(required=False)
    key = forms.UUIDField(required=False)

    def clean(self) -> dict[str, Any]:
        """Something must be said or shown."""
        cleaned = super().clean() or self.cleaned_data
        nothing = not cleaned.get("text", "").strip() and not cleaned.get("images")
        if nothing and not self.errors:
            raise forms.ValidationError(_("Write something first."))
        return cleaned

    def lines(self) -> list[str]:
        """All errors as plain sentences."""
        return [str(message) for messages in self.errors.values() for message in messages]


def new_key() -> str:
    """A number for a deed about to be done in a form; sending the form twice does it once."""
    return str(uuid.uuid4())
