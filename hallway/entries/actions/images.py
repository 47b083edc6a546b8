"""Pictures on their way into an entry: re-encoded just now, or sent ahead while one was writing."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from hallway.core.guarding import as_system
from hallway.core.storage import erase_stored
from hallway.entries.models import Attachment, Entry, Upload
from hallway.people.models import Person

MOST_SHOWN = 100
"""So many of an author's newest images are looked at to see which files are shown."""


@dataclass(frozen=True)
class NewImage:
    """A picture already re-encoded and on disk: variant width → stored name, full size, words."""

    stored: dict[int, str]
    width: int
    height: int
    alt: str = ""


@dataclass(frozen=True)
class Ahead:
    """A picture sent ahead, by the number of its `Upload`, and what it shows in words."""

    upload: int
    alt: str = ""


class ImageGone(ValueError):
    """A picture sent ahead is not kept any more, or was never the author's."""

    def __str__(self) -> str:
        return _("One of your images is not kept any more. Remove it, or choose it again.")


def hang(images: Sequence[NewImage | Ahead], entry: Entry) -> None:
    """Give a new entry its images, in this order; inside the deed's transaction.

    What was sent ahead becomes the entry's: its row goes, so that no picture is shown twice.
    Raises ImageGone.
    """
    wanted = [image.upload for image in images if isinstance(image, Ahead)]
    own = Upload.objects.filter(person_id=entry.author_id, pk__in=wanted)
    ahead = {row.pk: row for row in own.select_for_update()}
    if len(ahead) != len(wanted):
        raise ImageGone
    Attachment.objects.bulk_create(
        _attachment(entry, number, image, ahead[image.upload])
        if isinstance(image, Ahead)
        else _attachment(entry, number, image, image)
        for number, image in enumerate(images)
    )
    own.delete()


def erase_unshown(images: Sequence[NewImage], by: Person) -> None:
    """Erase the files of `images` that no entry by `by` shows and none of theirs waits for.

    An error may have come before the commit, or after it.
    """
    names = {name for image in images for name in image.stored.values()}
    if not names:
        return
    with as_system("which files are to stay, not what they show"):
        newest = Attachment.objects.filter(entry__author=by).order_by("-entry_id", "place")
        shown = list(newest.values_list("stored", flat=True)[:MOST_SHOWN])
        shown += Upload.objects.filter(person=by).values_list("stored", flat=True)
    for name in names.difference(*(stored.values() for stored in shown)):
        erase_stored(name)


def drop(images: Sequence[NewImage | Ahead], known: Entry) -> None:
    """Remove the files that came with a second sending; those of the first are shown."""
    rows = Attachment.objects.filter(entry=known).values_list("stored", flat=True)
    shown = {name for stored in rows for name in stored.values()}
    for image in images:
        if isinstance(image, Ahead):
            continue
        for name in set(image.stored.values()) - shown:
            erase_stored(name)


def taken_over(images: Sequence[NewImage | Ahead], *, by: Person) -> list[NewImage]:
    """The pictures for something that is no entry yet: those sent ahead wait for nothing else now.

    Inside a write transaction of a caller who keeps the files named. Raises ImageGone.
    """
    wanted = [image.upload for image in images if isinstance(image, Ahead)]
    own = Upload.objects.filter(person=by, pk__in=wanted)
    ahead = {row.pk: row for row in own.select_for_update()}
    if len(ahead) != len(wanted):
        raise ImageGone
    found = [
        _kept(ahead[image.upload], image.alt) if isinstance(image, Ahead) else image
        for image in images
    ]
    own.delete()
    return found


def give_up(images: Sequence[NewImage | Ahead]) -> None:
    """Remove the files that came with a second sending of what is kept already."""
    for image in images:
        if not isinstance(image, Ahead):
            for name in image.stored.values():
                erase_stored(name)


def _kept(row: Upload, alt: str) -> NewImage:
    stored = {int(width): name for width, name in row.stored.items()}
    return NewImage(stored, row.width, row.height, alt)


def _attachment(
    entry: Entry, number: int, image: NewImage | Ahead, kept: NewImage | Upload
) -> Attachment:
    return Attachment(
        entry=entry,
        place=number,
        stored={str(width): name for width, name in kept.stored.items()},
        width=kept.width,
        height=kept.height,
        alt=image.alt[:300],
    )
