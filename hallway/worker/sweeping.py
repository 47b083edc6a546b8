"""Erase stored files that no row names: what a request left behind that ended half-way."""

import logging
from collections.abc import Iterable, Iterator
from datetime import timedelta

from django.utils import timezone

from hallway.company.models import Company
from hallway.core.guarding import as_system
from hallway.core.storage import erase_stored, stored_before
from hallway.entries.models import Attachment, Upload
from hallway.owndata.models import Download
from hallway.people.models import Cover, Photo
from hallway.scheduled.models import Picture

log = logging.getLogger(__name__)

GRACE = timedelta(hours=24)
"""A row is written seconds after its files, so a day-old file without one never gets any."""

_BATCH = 2_000


def sweep() -> Iterator[int]:
    """Go through the stored files a folder at a time; yields how many were erased in each.

    Which files are named is read before the first one is looked at, once for all. That no file is
    erased to which a row is added meanwhile follows from its age, or it has one already.
    """
    before = timezone.now() - GRACE
    named = {_short(name) for name in _named()}
    erased = 0
    for names in stored_before(before):
        gone = [name for name in names if _short(name) not in named]
        done = sum(erase_stored(name) for name in gone)
        erased += done
        yield done
    if erased:
        log.info("erased %s stored files that nothing shows", erased)


def _named() -> Iterable[str]:
    photos = Photo.objects.values_list("small", "medium", "large")
    for names in photos.iterator(_BATCH):
        yield from names
    for both in Cover.objects.values_list("small", "large").iterator(_BATCH):
        yield from both
    yield from Company.objects.exclude(logo="").values_list("logo", flat=True)
    yield from Download.objects.exclude(stored="").values_list("stored", flat=True)
    with as_system("which files are to stay, not what they show"):
        # In this order: publishing moves a file from the first table to the second.
        for table in (Upload, Picture, Attachment):
            images = table.objects.values_list("stored", flat=True)
            for stored in images.iterator(_BATCH):
                yield from stored.values()


def _short(name: str) -> int:
    """Half of a random name, which takes a third of the memory and tells files apart as well."""
    return int(name[6:22], 16)
