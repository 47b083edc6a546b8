"""The stored files of photos: laid down before any row names them, read through their person."""

from django.db import transaction

from hallway.core.images import Picture
from hallway.core.storage import erase_stored, open_stored, store
from hallway.people.models import Person, Photo


def store_photo(picture: Picture) -> Photo:
    """Put the three sizes of a square picture on disk; the result is a row not saved yet."""
    small, medium, large = (store(picture.variants[width], ".webp") for width in (48, 96, 320))
    return Photo(small=small, medium=medium, large=large)


def read_photo(person: Person, version: str, size: int) -> bytes | None:
    """The bytes (WebP) of one size of the photo `person` has now; None if it is another one."""
    if not person.photo or person.photo[-8:] != version:
        return None
    row = Photo.objects.filter(person=person).first()
    name = row.files.get(size) if row else None
    if name is None:
        return None
    with open_stored(name) as file:
        return file.read()


def erase_after_commit(row: Photo) -> None:
    """Remove the files of a photo that is no longer shown, once that is certain."""
    for name in row.files.values():
        transaction.on_commit(lambda name=name: erase_stored(name))  # type: ignore[misc]
