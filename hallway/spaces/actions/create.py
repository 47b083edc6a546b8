"""Found a space, and give the company and every person theirs."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.crypto import get_random_string
from django.utils.text import slugify

from hallway.core.guarding import as_system
from hallway.core.latin import latin
from hallway.core.text import clean_name, clean_text
from hallway.core.writing import writing
from hallway.journal.verbs import Verb
from hallway.journal.writer import record
from hallway.people.models import Person
from hallway.spaces.keys import keys_of
from hallway.spaces.models import Membership, Space

TAIL_LENGTH = 6
TAIL_SIGNS = "23456789abcdefghjkmnpqrstuvwxyz"
"""Without signs that look like another when somebody reads an address aloud."""

RESERVED = {"new", "find", "mine", "all", "complete"}


@contextmanager
def founding(key: uuid.UUID | None, *, by: Person) -> Iterator[Space | None]:
    """Run the block in one write transaction while nobody else founds a space by a form.

    So names can be compared inside. `key` is the client's number for the deed; yields the space
    that `by` has founded with it already, else None.
    """
    with writing(), as_system("whoever founds a space compares names by the rule"):
        # Founders take turns at the one row that is always there.
        Space.objects.select_for_update(no_key=True).filter(kind=Space.Kind.COMPANY).first()
        yield None if key is None else Space.objects.filter(key=_own(key, by)).first()


def create_space(name: str, *, by: Person, key: uuid.UUID | None = None, **fields: Any) -> Space:
    """Found a space with `by` as its first manager: two deeds, founding and joining.

    `fields` are columns of Space (kind, openness, posting, description, hue_step, slug). The
    address is made from the name unless given, for secret spaces with a random tail. `key` is as in
    `founding`. Raises IntegrityError for a second company space, and a slug or a key that is taken.
    """
    name = clean_name(name)
    description = clean_text(fields.pop("description", ""))
    space = Space(name=name, description=description, **keys_of(name, description), **fields)
    space.key = _own(key, by) if key else None
    with writing(), as_system("a new space belongs to its founder"):
        _give_address(space)
        Membership.objects.create(space=space, person=by, role=Membership.Role.MANAGER)
        record(Verb.SPACE_CREATED, actor=by.pk, space=space.pk)
        record(Verb.MEMBER_JOINED, actor=by.pk, space=space.pk, person=by.pk)
    return space


def ensure_company(name: str) -> Space:
    """The space of the whole company; made at the first start, managed by the administrators."""
    with writing(), as_system("every installation has one company space"):
        space = Space.objects.filter(kind=Space.Kind.COMPANY).first()
        if space is None:
            name = clean_name(name)
            space = Space.objects.create(
                kind=Space.Kind.COMPANY,
                name=name,
                slug=_free_slug(name),
                hue_step=11,
                **keys_of(name, ""),
            )
            record(Verb.SPACE_CREATED, space=space.pk)
    return space


def wall_of(person: Person) -> Space:
    """The wall of `person`, made at its first use. Call inside a write transaction."""
    with writing(), as_system("everybody has one wall, open to employees"):
        space, new = Space.objects.get_or_create(
            owner=person,
            defaults={
                "kind": Space.Kind.WALL,
                "name": person.name[:100],
                "hue_step": person.hue_step,
                "posting": Space.Posting.MANAGERS,
            },
        )
        if new:
            record(Verb.SPACE_CREATED, actor=person.pk, space=space.pk)
    return space


def _own(key: uuid.UUID, by: Person) -> uuid.UUID:
    """The number as it is stored: mixed with the founder, so that nobody meets another's."""
    return uuid.uuid5(key, str(by.pk))


def _give_address(space: Space) -> None:
    """Store the new space under the first free address made from its name."""
    if space.slug:
        space.save(force_insert=True)
        return
    while True:
        space.slug = (
            _free_slug(space.name)
            if space.openness != Space.Openness.SECRET
            else _secret_slug(space.name)
        )
        try:
            with transaction.atomic():
                space.save(force_insert=True)
        except IntegrityError:
            # On PostgreSQL somebody else may have taken the address since we looked.
            if not Space.objects.filter(slug=space.slug).exists():
                raise
        else:
            return


def _secret_slug(name: str) -> str:
    """An address that nobody meets by founding a space of the same name."""
    return f"{_base_of(name)}-{get_random_string(TAIL_LENGTH, TAIL_SIGNS)}"


def _base_of(name: str) -> str:
    return slugify(latin(name))[:50].strip("-") or "space"


def _free_slug(name: str) -> str:
    base = _base_of(name)
    taken = (
        set(Space.objects.filter(slug__startswith=base).values_list("slug", flat=True)) | RESERVED
    )
    if base not in taken:
        return base
    number = 2
    while f"{base}-{number}" in taken:
        number += 1
    return f"{base}-{number}"
