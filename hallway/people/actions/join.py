"""A new person enters the company."""

import re
from collections.abc import Container
from typing import Any

from django.db.models import Q

from hallway.core.latin import latin
from hallway.core.text import clean_name
from hallway.core.writing import writing
from hallway.journal.verbs import Verb
from hallway.journal.writer import record
from hallway.people.models import RESERVED_HANDLES, Person
from hallway.people.moving import moved
from hallway.people.naming import index_name, sort_name_of


def add_person(email: str, name: str, *, by: Person | None = None, **fields: Any) -> Person:
    """Create a person who can be seen and followed; sign-in comes with a password or invitation.

    `fields` are columns of Person (kind, title, location, unit, manager, language, …). The handle
    is made from the name unless given. Raises IntegrityError when the address is taken.
    """
    name = clean_name(name)
    with writing():
        person = Person(
            email=email.strip().lower(),
            name=name,
            sort_name=sort_name_of(name),
            handle=fields.pop("handle", None) or free_handle(name),
            **{"unit_confirmed": fields.get("unit") is not None, **fields},
        )
        if not person.password:
            person.set_unusable_password()
        person.save(force_insert=True)
        index_name(person)
        moved([person.pk])
        record(Verb.PERSON_JOINED, actor=by.pk if by else None, person=person.pk)
    return person


def free_handle(name: str) -> str:
    """A handle made from `name` that nobody has: amara-osei, then amara-osei-2 and so on."""
    base = handle_from(name)
    alike = Person.objects.filter(Q(handle=base) | Q(handle__startswith=f"{base}-"))
    return untaken(base, RESERVED_HANDLES.union(alike.values_list("handle", flat=True)))


def untaken(base: str, taken: Container[str], number: int = 2) -> str:
    """`base`, or `base` with the first free number from `number` on."""
    if base not in taken:
        return base
    while f"{base}-{number}" in taken:
        number += 1
    return f"{base}-{number}"


def handle_from(name: str) -> str:
    """The plain Latin form of `name`; "person" where its script has none."""
    text = re.sub(r"[^a-z0-9]+", "-", latin(name)).strip("-")
    return text[:50].strip("-") or "person"
