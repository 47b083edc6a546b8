"""Reading the pictures that came with a form."""

from collections.abc import Mapping
from typing import BinaryIO, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile

from hallway.company.present import company
from hallway.core.images import ImageRefused, Sizes, turn
from hallway.core.limits import TooFast, spend
from hallway.people.models import Person


def take(form: forms.Form, person: Person, sizes: Mapping[str, Sizes]) -> None:
    """Put a Picture, or None, in the place of what was sent in the fields that `sizes` names.

    All of them are read in one turn of `person`; the first that is refused becomes an error of its
    field, and those after it are not looked at.
    """
    clean = form.cleaned_data
    sent = {name: clean[name] for name in sizes if isinstance(clean.get(name), UploadedFile)}
    clean |= dict.fromkeys(sizes.keys() & clean.keys())
    if not sent:
        return
    at = next(iter(sent))
    try:
        with turn(person.pk, company().largest_picture) as held:
            for at, upload in sent.items():
                spend(person.pk, "picture")
                clean[at] = held.accept(cast(BinaryIO, upload.file), sizes=sizes[at])
    except (ImageRefused, TooFast) as refused:
        form.add_error(at, str(refused))
