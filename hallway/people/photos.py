"""The stored files of photos and covers: laid down before any row names them."""

import secrets

from django.db import transaction

from hallway.company.present import company
from hallway.core.images import Picture
from hallway.core.storage import erase_stored, open_stored, store
from hallway.people.models import Cover, Person, Photo


def store_photo(picture: Picture) -> Photo:
    """Put the three sizes of a square picture on disk; the result is a row not saved yet."""
    small, medium, large = _store(picture, (48, 96, 320))
    return Photo(small=small, medium=medium, large=large)


def store_cover(picture: Picture) -> Cover:
    """Put both sizes of a wide picture on disk; the result is a row not saved yet."""
    small, large = _store(picture, (640, 1280))
    return Cover(version=secrets.token_hex(4), small=small, large=large)


def has_photo(person: Person, version: str) -> bool:
    """Whether the photo of `person` is that one."""
    return bool(person.photo) and person.photo[-8:] == version


def read_photo(person: Person, version: str, size: int) -> bytes | None:
    """The bytes (WebP) of one size of the photo `person` has now; None if it is another one."""
    if not has_photo(person, version):
        return None
    return _read(Photo.objects.filter(person=person).first(), size)


def cover_of(person: Person) -> Cover | None:
    """The cover that `person` has now; None also where the company has switched covers off."""
    if not company().shows("cover"):
        return None
    return Cover.objects.select_related("person").filter(person=person).first()


def has_cover(person: Person, version: str) -> bool:
    """Whether the cover of `person` is that one."""
    cover = cover_of(person)
    return cover is not None and cover.version == version


def read_cover(person: Person, version: str, size: int) -> bytes | None:
    """The bytes (WebP) of one size of the cover `person` has now; None if it is another one."""
    cover = cover_of(person)
    return _read(cover, size) if cover and cover.version == version else None


def erase_unshown(row: Photo | Cover) -> None:
    """Remove the files of `row` unless it is the picture its person has now."""
    if not type(row).objects.filter(small=row.small, person=row.person).exists():
        for name in row.files.values():
            erase_stored(name)


def erase_after_commit(row: Photo | Cover) -> None:
    """Remove the files of a picture that is no longer shown, once that is certain."""
    for name in row.files.values():
        transaction.on_commit(lambda name=name: erase_stored(name))  # type: ignore[misc]


def _store(picture: Picture, widths: tuple[int, ...]) -> list[str]:
    names: list[str] = []
    try:
        names.extend(store(picture.variants[width], ".webp") for width in widths)
    except OSError:
        for name in names:
            erase_stored(name)
        raise
    return names


def _read(row: Photo | Cover | None, size: int) -> bytes | None:
    name = row.files.get(size) if row else None
    if name is None:
        return None
    with open_stored(name) as file:
        return file.read()
