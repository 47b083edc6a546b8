"""The copy of the database is that of its first moment, and keeps nobody from writing."""

import threading
from pathlib import Path

import pytest
from django.db import connection

from hallway.backup import postgresql, sqlite
from hallway.backup.manifest import BackupRefused
from hallway.core.writing import writing
from hallway.journal.models import Record
from hallway.journal.reader import position, read
from hallway.journal.verbs import Verb
from hallway.journal.writer import record

pytestmark = pytest.mark.django_db(transaction=True)


def write() -> None:
    with writing():
        record(Verb.PERSON_CHANGED, person=1)


def write_elsewhere() -> None:
    """The same over a connection of its own."""

    def deed() -> None:
        try:
            write()
        finally:
            connection.close()

    thread = threading.Thread(target=deed)
    thread.start()
    thread.join(10)
    assert not thread.is_alive()


@pytest.mark.sqlite
def test_people_write_between_all_steps(tmp_path: Path) -> None:
    write()
    before = Record.objects.count()
    last = Record.objects.order_by("-seq").values_list("seq", flat=True)[0]
    steps: list[int] = []

    def between() -> None:
        steps.append(1)
        if len(steps) < 50:
            write()

    found = sqlite.save(tmp_path / "copy", between, pages=1)
    # One step for each page: the writes did not make it begin again.
    assert 20 < len(steps) <= (tmp_path / "copy").stat().st_size // 4096 + 1
    assert found.rows["journal_record"] == before
    assert found.position == f"0.{last}"
    assert Record.objects.count() > before + 19


@pytest.mark.postgresql
def test_what_is_counted_is_what_is_dumped(tmp_path: Path) -> None:
    write()
    before = Record.objects.count()
    found = postgresql.save(tmp_path / "copy", write_elsewhere)
    assert found.rows["journal_record"] == before
    assert Record.objects.count() == before + 1
    dumped = (tmp_path / "copy").read_bytes()
    assert dumped.startswith(b"PGDMP")


@pytest.mark.postgresql
def test_readers_of_the_journal_do_not_wait_for_it(tmp_path: Path) -> None:
    start = position()
    seen: list[int] = []

    def look_elsewhere() -> None:
        write()
        seen.append(len(read(start)))
        connection.close()

    def between() -> None:
        thread = threading.Thread(target=look_elsewhere)
        thread.start()
        thread.join(10)

    postgresql.save(tmp_path / "copy", between)
    assert seen == [1]


@pytest.mark.postgresql
def test_without_the_programs_of_postgresql_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(BackupRefused, match=r"no pg_dump here.*postgresql-client"):
        postgresql.save(tmp_path / "copy")
    with pytest.raises(BackupRefused, match="no pg_restore here"):
        postgresql.require_empty()


@pytest.mark.postgresql
def test_what_pg_dump_has_to_say_is_said(tmp_path: Path) -> None:
    with pytest.raises(BackupRefused, match=r"pg_dump failed: .*no-such-folder"):
        postgresql.save(tmp_path / "no-such-folder" / "copy")
