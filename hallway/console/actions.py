"""What administrators settle for the whole company; every change is in the audit log."""

import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import transaction

from hallway.audit.models import Deed
from hallway.audit.writer import note
from hallway.company.models import Company
from hallway.company.present import forget
from hallway.core.images import Picture
from hallway.core.storage import erase_stored, store
from hallway.core.writing import writing
from hallway.journal.verbs import Verb
from hallway.journal.writer import record
from hallway.people.administering import demand_administrator
from hallway.people.models import Person

DEEDS = {
    "own_name": Deed.COMPANY_NAME,
    "own_hue": Deed.COMPANY_HUE,
    "own_language": Deed.COMPANY_LANGUAGE,
    "languages": Deed.COMPANY_LANGUAGES,
    "joining": Deed.COMPANY_JOINING,
    "domains": Deed.COMPANY_DOMAINS,
    "hidden_fields": Deed.COMPANY_FIELDS,
    "second_step": Deed.COMPANY_STEP,
    "largest_picture": Deed.COMPANY_PICTURE,
    "longest_text": Deed.COMPANY_TEXT,
}
"""What can be settled in the form, and how the log calls it."""


class ChangedMeanwhile(Exception):
    """Somebody else settled something since the form was shown."""


def change_settings(wanted: Mapping[str, Any], *, seen: int, by: Person) -> bool:
    """Settle the fields in `wanted` (see `DEEDS`); returns whether anything changed.

    `seen` is the version that was shown to `by`. Whoever uses a language that is no longer offered
    gets the default one. Raises PermissionDenied, ChangedMeanwhile.
    """
    with _changing(by) as held:
        if held.version != seen:
            raise ChangedMeanwhile
        changed = [name for name in DEEDS if name in wanted and getattr(held, name) != wanted[name]]
        for name in changed:
            before, after = _told(getattr(held, name)), _told(wanted[name])
            note(DEEDS[name], by=by.pk, before=before, after=after)
            setattr(held, name, wanted[name])
        if "languages" in changed:
            silent = Person.objects.exclude(language__in=held.languages)
            silent.update(language=held.language)
    return bool(changed)


def change_logo(picture: Picture, *, by: Person) -> None:
    """Show `picture`, made in the sizes `images.LOGO`. Raises PermissionDenied."""
    # On disk before a row names it; what is left of a deed that fails is swept away.
    stored = store(picture.variants[max(picture.variants)], ".webp")
    with _changing(by) as held:
        _drop(held)
        note(Deed.COMPANY_LOGO, by=by.pk, before=held.logo[:8], after=stored[:8])
        held.logo = stored


def remove_logo(*, by: Person) -> None:
    """Show the logo of the environment again, or none. Raises PermissionDenied."""
    with _changing(by) as held:
        _drop(held)
        note(Deed.COMPANY_LOGO, by=by.pk, before=held.logo[:8])
        held.logo = ""


@contextmanager
def _changing(by: Person) -> Iterator[Company]:
    """The row, alone in a transaction of its own; what is set in it is kept under a new version."""
    with writing():
        demand_administrator(by)
        Company.objects.get_or_create(pk=1)
        held = Company.objects.select_for_update().get(pk=1)
        was = dict(held.__dict__)
        yield held
        if held.__dict__ == was:
            return
        held.version = secrets.randbelow(2**62) + 1
        held.save()
        record(Verb.COMPANY_CHANGED, actor=by.pk)
        transaction.on_commit(forget)


def _drop(held: Company) -> None:
    if held.logo:
        name = held.logo
        transaction.on_commit(lambda: erase_stored(name))


def _told(value: object) -> str:
    """A value as the log keeps it."""
    if isinstance(value, list):
        return ", ".join(str(each) for each in value)
    return "" if value is None else str(value)
