"""Found a space, and give the company and every person theirs."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from hallway.core.guarding import as_system
from hallway.core.text import clean_line, clean_text
from hallway.core.writing import writing
from hallway.journal.verbs import Verb
from hallway.journal.writer import record
from hallway.people.models import Person
from hallway.spaces.keys import keys_of
from hallway.spaces.models import Membership, Space

RESERVED = {"new", "find", "mine", "all", "complete"}


def create_space(name: str, *, by: Person, **fields: Any) -> Space:
    """Found a space with `by` as its first manager: two deeds, founding and joining.

    `fields` are columns of Space (kind, openness, posting, description, hue_step, slug). The
    address is made from the name unless given. Raises IntegrityError for a second company space
    or a slug that is taken.
    """
    name = clean_line(name)
    description = clean_text(fields.pop("description", ""))
    space = Space(name=name, description=description, **keys_of(name, description), **fields)
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
            name = clean_line(name)
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


def _give_address(space: Space) -> None:
    """Store the new space under the first free address made from its name."""
    if space.slug:
        space.save(force_insert=True)
        return
    while True:
        space.slug = _free_slug(space.name)
        try:
            with transaction.atomic():
                space.save(force_insert=True)
        except IntegrityError:
            # On PostgreSQL somebody else may have taken the address since we looked.
            if not Space.objects.filter(slug=space.slug).exists():
                raise
        else:
            return


def _free_slug(name: str) -> str:
    base = slugify(name)[:50].strip("-") or "space"
    taken = (
        set(Space.objects.filter(slug__startswith=base).values_list("slug", flat=True)) | RESERVED
    )
    if base not in taken:
        return base
    number = 2
    while f"{base}-{number}" in taken:
        number += 1
    return f"{base}-{number}"
