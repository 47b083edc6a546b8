"""A person changes what others see of them."""

import secrets
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from django.db import DatabaseError
from django.db.models import F

from hallway.core.collation import fold
from hallway.core.images import Picture
from hallway.core.text import clean_line, clean_name, clean_text, render
from hallway.core.writing import writing
from hallway.journal.verbs import Verb
from hallway.journal.writer import record
from hallway.people.models import Person, PersonSkill, Photo
from hallway.people.moving import LOOKED_AT, moved
from hallway.people.naming import index_name
from hallway.people.photos import erase_after_commit, erase_unshown, store_photo

ON_CARDS = {"name", "title", "photo"}
MAX_SKILLS = 30
MAX_ABOUT = 2_000


def change_profile(
    person: Person, *, by: Person, skills: list[str] | None = None, **fields: Any
) -> None:
    """Write the given profile columns and, if given, replace the skills (at most 30 are kept).

    Raises `core.text.TextTooLong` if `about` cannot be shown.
    """
    _clean(fields)
    with writing():
        changes = dict(fields)
        if ON_CARDS & fields.keys():
            changes["card_version"] = F("card_version") + 1
        if "unit" in fields and not Person.objects.filter(pk=person.pk, unit=fields["unit"]):
            # Chosen by themselves: what only the company may open does not open by it.
            changes["unit_confirmed"] = False
        if changes:
            Person.objects.filter(pk=person.pk).update(**changes)
        if skills is not None:
            _replace_skills(person, skills)
        person.refresh_from_db()
        if {"name", "handle"} & fields.keys():
            index_name(person)
        if LOOKED_AT & fields.keys():
            moved([person.pk])
        record(Verb.PERSON_CHANGED, actor=by.pk, person=person.pk)


def _clean(fields: dict[str, Any]) -> None:
    if "name" in fields:
        fields["name"] = clean_name(fields["name"])
    for name in ("title", "location", "languages"):
        if name in fields:
            fields[name] = clean_line(fields[name])
    if "about" in fields:
        fields["about"] = clean_text(fields["about"])
        render(fields["about"], people={}, max_length=MAX_ABOUT)


def change_photo(person: Person, picture: Picture, *, by: Person) -> None:
    """Show `picture` (made by `core.images.accept` in the sizes of PROFILE) from now on."""
    row = store_photo(picture)
    row.person = person
    try:
        with writing():
            _drop_photo(person)
            row.save(force_insert=True)
            change_profile(person, by=by, photo=secrets.token_hex(8))
    except DatabaseError:
        # Perhaps it was committed all the same; what was not is found by the daily sweep.
        raise
    except Exception:
        with suppress(OSError, DatabaseError):
            erase_unshown(row)
        raise


def remove_photo(person: Person, *, by: Person) -> None:
    """Show the initials again."""
    with writing():
        _drop_photo(person)
        change_profile(person, by=by, photo="")


def _drop_photo(person: Person) -> None:
    for row in Photo.objects.filter(person=person):
        erase_after_commit(row)
        row.delete()


def _replace_skills(person: Person, skills: list[str]) -> None:
    named = named_skills(skills)
    PersonSkill.objects.filter(person=person).exclude(key__in=named).delete()
    held = set(PersonSkill.objects.filter(person=person).values_list("key", flat=True))
    PersonSkill.objects.bulk_create(
        PersonSkill(person=person, name=name, key=key)
        for key, name in named.items()
        if key not in held
    )


def named_skills(skills: Iterable[str]) -> dict[str, str]:
    """The first thirty different skills by their folded names, cleaned and cut to length."""
    named: dict[str, str] = {}
    for skill in skills:
        name = clean_name(skill)[:60].strip()
        key = fold(name)[:80]
        if key and len(named) < MAX_SKILLS:
            named.setdefault(key, name)
    return named
