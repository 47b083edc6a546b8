"""The stored files of photos: laid down before any row names them, read through their person."""

from django.db import transaction

from hallway.core.images import Picture
from hallway.core.storage import erase_stored, open_stored, store
from hallway.people.models import Person, Photo


def store_photo(picture: Picture) -> Photo:
    """Put the three sizes of a square picture on disk; the result is a row not saved yet."""
    names: list[str] = []
    try:
        names.extend(store(picture.variants[width], ".webp") for width in (48, 96, 320))
    except OSError:
        for name in names:
            erase_stored(name)
        raise
    small, medium, large = names
    return Photo(small=small, medium=medium, large=large)


def has_photo(person: Person, version: str) -> bool:
    """Whether the photo of `person` is that one."""
    return bool(person.photo) and person.photo[-8:] == version


def read_photo(person: Person, version: str, size: int) -> bytes | None:
    """The bytes (WebP) of one size of the photo `person` has now; None if it is another one."""
    if not has_photo(person, version):
        return None
    row = Photo.objects.filter(person=person).first()
    name = row.files.get(size) if row else None
    if name is None:
        return None
    with open_stored(name) as file:
        return file.read()


def erase_unshown(row: Photo) -> None:
    """Remove the files of `row` unless it is the photo its person has now."""
    if not Photo.objects.filter(small=row.small, person=row.person).exists():
        for name in row.files.values():
            erase_stored(name)


def erase_after_commit(row: Photo) -> None:
    """Remove the files of a photo that is no longer shown, once that is certain."""
    for name in row.files.values():
        transaction.on_commit(lambda name=name: erase_stored(name))  # type: ignore[misc]
