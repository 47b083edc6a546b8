"""Asking for all of one's data, making the archive, and throwing it away after a week."""

import logging
import tempfile
import threading
from datetime import timedelta

from django.conf import settings
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from hallway.core.fullness import says_full
from hallway.core.storage import erase_stored, store
from hallway.core.writing import writing
from hallway.outbox.actions import post
from hallway.owndata.archive import write
from hallway.owndata.held import erase_download
from hallway.owndata.mail import DOWNLOAD
from hallway.owndata.models import GRACE, Download
from hallway.people.models import Person

log = logging.getLogger(__name__)

CUT_OFF = timedelta(hours=1)
"""Whoever began so long ago and is not done has died over it."""

_making = threading.Lock()


def ask_for_download(person: Person) -> Download:
    """Ask for all of `person`'s data; what is under way stays, what lies ready is replaced."""
    with writing():
        held = Download.objects.filter(person=person).first()
        if held is not None and not (held.is_ready or held.is_refused):
            return held
        erase_download(person)
        return Download.objects.create(person=person)


def make_what_is_asked_for() -> int:
    """Make all archives that are asked for; returns how many. One at a time."""
    done = 0
    while (download := _claimed()) is not None:
        _make(download)
        done += 1
    return done


def make_aside() -> None:
    """Do so in a thread of its own, so that nobody waits for their notifications meanwhile."""
    if _waiting().exists() and _making.acquire(blocking=False):
        threading.Thread(target=_make_all, name="downloads", daemon=True).start()


def trim() -> int:
    """Throw away what is over; returns how many."""
    over = Download.objects.filter(expires_at__lt=timezone.now()).select_related("person")
    rows = list(over)
    for row in rows:
        erase_download(row.person)
    return len(rows)


def _make_all() -> None:
    try:
        make_what_is_asked_for()
    except Exception:
        log.exception("a download could not be made")
    finally:
        _making.release()
        connection.close()


def _waiting() -> QuerySet[Download]:
    begun = Download.objects.exclude(begun_at__gt=timezone.now() - CUT_OFF)
    return begun.filter(stored="", is_refused=False, person__is_active=True)


def _claimed() -> Download | None:
    with writing():
        row = _waiting().select_for_update(of=("self",)).order_by("asked_at").first()
        if row is not None:
            row.begun_at = timezone.now()
            row.save(update_fields=["begun_at"])
    return row


def _make(download: Download) -> None:
    person = Person.objects.get(pk=download.person_id)
    name = ""
    try:
        # Not in memory, and on the disk whose room counts.
        with tempfile.TemporaryFile(dir=settings.CONFIG.data) as file:
            write(person, file)
            size = file.tell()
            file.seek(0)
            name = store(file, ".zip")
    except OSError as error:
        if not says_full(error):
            raise
        log.warning("there is no room for a download")
        _settle(download, is_refused=True)
        return
    now = timezone.now()
    if not _settle(download, stored=name, size=size, ready_at=now, expires_at=now + GRACE):
        erase_stored(name)


def _settle(download: Download, **columns: object) -> bool:
    """Write what became of it, unless it was asked for anew or its person is gone."""
    with writing():
        rows = Download.objects.filter(
            pk=download.pk, begun_at=download.begun_at, person__is_active=True
        )
        settled = bool(rows.update(**columns))
        if settled:
            post(DOWNLOAD, str(download.pk), person=download.pk)
    return settled
