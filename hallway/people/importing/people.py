"""Importing people: everybody first, in batches, then who manages whom, in a second pass."""

from collections.abc import Iterator, Sequence
from typing import BinaryIO, NamedTuple

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from hallway.core.csvfile import Problem, Row, rows
from hallway.core.writing import writing
from hallway.journal.verbs import Verb
from hallway.journal.writer import record_each
from hallway.people.administering import demand_administrator
from hallway.people.importing.reading import (
    OPTIONAL,
    REQUIRED,
    BadLine,
    Line,
    read_email,
    read_line,
)
from hallway.people.importing.report import Progress, Report
from hallway.people.importing.writing import Writer, note_import, people_by_email
from hallway.people.models import Person

BATCH = 100
"""People in one transaction: on a slow disk it must still not keep others waiting."""


def import_people(
    file: BinaryIO,
    *,
    dry_run: bool = False,
    strict: bool = False,
    by: Person | None = None,
    progress: Progress = lambda line: None,
) -> Report:
    """Bring the people of a table (see docs/import.md) and say what became of each line.

    Good lines are kept when others are bad, unless `strict`. The address tells who somebody is,
    so a second run changes nothing. `file` is binary and can be sought; raises CsvRefused if it is
    no such table, and PermissionDenied unless `by` is an administrator; None means a command on the
    server.
    """
    if dry_run or strict:
        report = _Import(file, dry_run=True, progress=progress).run()
        if dry_run or report.bad:
            report.refused = strict and bool(report.bad)
            return report
    return _Import(file, dry_run=False, progress=progress, by=by).run()


class _Bond(NamedTuple):
    """Who manages whom, by address, and the line that says so."""

    line: int
    person: str
    manager: str


class _Import:
    def __init__(
        self, file: BinaryIO, *, dry_run: bool, progress: Progress, by: Person | None = None
    ) -> None:
        self._by = by
        self._file = file
        self._progress = progress
        self._report = Report(dry_run=dry_run)
        self._writer = Writer(dry_run=dry_run, by=by)
        self._first_lines: dict[str, int] = {}
        self._left_out: set[int] = set()
        self._unchanged: set[int] = set()
        self._has_managers = False

    def run(self) -> Report:
        batch: list[Line] = []
        for line in self._lines():
            batch.append(line)
            if len(batch) == BATCH:
                self._write(batch)
                batch = []
        self._write(batch)
        if self._has_managers:
            self._manage()
        self._report.new_units = self._writer.units.made
        self._report.bad.sort(key=lambda bad: bad.line)
        return self._report

    def _lines(self) -> Iterator[Line]:
        reading = rows(self._file, REQUIRED, OPTIONAL)
        self._report.note, self._report.ignored = reading.note, reading.ignored
        for row in reading:
            if isinstance(row, Problem):
                self._report.complain(row.line, row.sentence)
                continue
            try:
                line = read_line(row.line, row.cells)
            except BadLine as bad:
                self._complain(row.line, bad.sentence)
                continue
            first = self._first_lines.setdefault(line.email, line.number)
            if first != line.number:
                self._complain(
                    line.number,
                    format_lazy(
                        _("{email} is on line {first} already."), email=line.email, first=first
                    ),
                )
                continue
            self._has_managers = self._has_managers or bool(line.manager)
            yield line

    def _write(self, batch: Sequence[Line]) -> None:
        if not batch:
            return
        outcome = self._writer.write(batch)
        self._report.new += outcome.new
        self._report.changed += outcome.changed
        self._report.unchanged += len(outcome.unchanged)
        self._unchanged.update(outcome.unchanged)
        for number, sentence in outcome.bad:
            self._complain(number, sentence)
        self._progress(batch[-1].number)

    def _complain(self, number: int, sentence: str | Promise) -> None:
        self._left_out.add(number)
        self._report.complain(
            number, format_lazy(_("Line {line}: {reason}"), line=number, reason=sentence)
        )

    def _manage(self) -> None:
        """Read the file once more: now everybody is there who may be somebody's manager."""
        batch: list[_Bond] = []
        for row in rows(self._file, REQUIRED, OPTIONAL):
            if isinstance(row, Row) and row.line not in self._left_out and row.cells["manager"]:
                batch.append(
                    _Bond(
                        row.line, read_email(row.cells["email"]), read_email(row.cells["manager"])
                    )
                )
            if len(batch) == BATCH:
                self._write_managers(batch)
                batch = []
        self._write_managers(batch)

    def _write_managers(self, batch: Sequence[_Bond]) -> None:
        addresses = {address for bond in batch for address in (bond.person, bond.manager)}
        there = people_by_email(addresses)
        moved: list[Person] = []
        for bond in batch:
            person, manager = there.get(bond.person), there.get(bond.manager)
            if bond.manager == bond.person:
                self._without(bond, _("nobody is their own manager."))
            elif manager is None and not (self._report.dry_run and self._is_coming(bond.manager)):
                sentence = _("the manager {manager} is not known.")
                self._without(bond, format_lazy(sentence, manager=bond.manager))
            elif person and manager and person.manager_id != manager.pk:
                person.manager = manager
                moved.append(person)
                if bond.line in self._unchanged:
                    self._report.unchanged -= 1
                    self._report.changed += 1
        if moved and not self._report.dry_run:
            with writing():
                if self._by is not None:
                    demand_administrator(self._by)
                Person.objects.bulk_update(moved, ["manager"])
                note_import(self._by, 0, len(moved))
                record_each(Verb.PERSON_CHANGED, [person.pk for person in moved])

    def _is_coming(self, address: str) -> bool:
        line = self._first_lines.get(address)
        return line is not None and line not in self._left_out

    def _without(self, bond: _Bond, reason: str | Promise) -> None:
        self._report.complain(
            bond.line,
            format_lazy(
                _("Line {line}: {reason} The person is kept without this manager."),
                line=bond.line,
                reason=reason,
            ),
        )
