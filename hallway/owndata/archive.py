"""The archive of one's data: a ZIP that is written as it is read, never whole in memory.

README.txt              what everything is, in the person's language
data/NAME.json          a list of objects, one a line; times are UTC (ISO 8601)
texts/DATE-KIND-N.md    what one published, as Markdown
pictures/…              the pictures, as they are stored
"""

import json
import shutil
from datetime import date, datetime
from typing import IO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from django.template.loader import render_to_string
from django.utils import timezone, translation

from hallway.company.present import company
from hallway.core.storage import open_stored
from hallway.people.holdings import Document, Holding, holdings
from hallway.people.models import Person


def write(person: Person, file: IO[bytes]) -> None:
    """Write all that `person` may be handed to `file`. Raises OSError where there is no room."""
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        archive.writestr("README.txt", _readme(person))
        for each in holdings():
            _write_rows(archive, each, person)
            for document in each.documents(person) if each.documents else ():
                _write_document(archive, document)


def _write_rows(archive: ZipFile, holding: Holding, person: Person) -> None:
    if holding.told is None:
        return
    part = ZipInfo(f"data/{holding.name}.json", _now())
    part.compress_type = ZIP_DEFLATED
    with archive.open(part, "w", force_zip64=True) as out:
        out.write(b"[")
        between = b"\n"
        for row in holding.told(person):
            text = json.dumps(row, default=_plain, ensure_ascii=False)
            out.write(between + text.encode())
            between = b",\n"
        out.write(b"\n]\n")


def _write_document(archive: ZipFile, document: Document) -> None:
    part = ZipInfo(document.path, _now())
    if not document.stored:
        part.compress_type = ZIP_DEFLATED
        archive.writestr(part, document.text)
        return
    try:
        stored = open_stored(document.stored)
    except FileNotFoundError:
        return  # its entry was deleted for good in this moment
    part.compress_type = ZIP_STORED
    with stored, archive.open(part, "w", force_zip64=True) as out:
        shutil.copyfileobj(stored, out)


def _plain(value: object) -> str:
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    return str(value)


def _readme(person: Person) -> str:
    with translation.override(person.language):
        given = {
            "person": person,
            "company": company().name,
            "now": timezone.now(),
            "files": [each.name for each in holdings() if each.told],
        }
        return render_to_string("owndata/readme.txt", given)


def _now() -> tuple[int, int, int, int, int, int]:
    now = timezone.now()
    return (now.year, now.month, now.day, now.hour, now.minute, now.second)
