"""Take uploaded images in: re-encode each, store its variants, keep the words beside it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

from django.db import DatabaseError

from hallway.company.present import company
from hallway.core.images import Picture, turn
from hallway.core.limits import spend
from hallway.core.storage import store
from hallway.core.text import clean_line
from hallway.entries.actions.images import NewImage, erase_unshown
from hallway.people.models import Person


@contextmanager
def taken_in(files: Sequence[Any], alts: Sequence[str], *, by: Person) -> Iterator[list[NewImage]]:
    """Re-encode and store `files`, in order, with the description of the same place in `alts`.

    What is published inside may show them; whatever goes wrong there, what no entry shows does not
    stay on disk. Ask first whether `by` may publish, for reading pictures is dear, and enter before
    the write transaction, for each takes a child process. Nothing is stored unless all can be read.
    Raises ImageRefused and TooFast.
    """
    images: list[NewImage] = []
    try:
        if files:
            spend(by.pk, "picture", len(files))
            with turn(by.pk, company().largest_picture) as held:
                pictures = [held.accept(file) for file in files]
            for place, picture in enumerate(pictures):
                alt = clean_line(alts[place]) if place < len(alts) else ""
                # In the list before it is stored: if the disk is full, we know what lies there.
                images.append(NewImage({}, picture.width, picture.height, alt))
                _store(picture, images[-1].stored)
        yield images
    except DatabaseError:
        # Perhaps it was committed all the same; what was not is found by the daily sweep.
        raise
    except Exception:
        with suppress(OSError, DatabaseError):
            erase_unshown(images, by)
        raise


def _store(picture: Picture, stored: dict[int, str]) -> None:
    for width, data in picture.variants.items():
        stored[width] = store(data, ".webp")
