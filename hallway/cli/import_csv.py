"""`hallway import people|follows FILE.csv`: bring people, and who follows whom, from a table."""

import argparse
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn
from rich.table import Table

from hallway.cli.naming import add_command
from hallway.core.csvfile import CsvRefused

if TYPE_CHECKING:
    from hallway.people.importing import Report
    from hallway.people.importing.report import Progress as Advance

UNREADABLE = 2


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command and what it imports."""
    parser = add_command(commands, "import", "bring people or follows from a CSV file")
    what = parser.add_subparsers(dest="what", required=True, metavar="WHAT")
    people = add_command(what, "people", "people with units, managers and skills")
    people.add_argument("file", type=Path, help="the table; see docs/import.md for its columns")
    people.set_defaults(func=bring_people)
    follows = add_command(what, "follows", "who follows whom, by e-mail address")
    follows.add_argument("file", type=Path, help="the table with columns follower and followed")
    follows.set_defaults(func=bring_follows)
    for each in (people, follows):
        each.add_argument("--dry-run", action="store_true", help="only say what would happen")
        each.add_argument("--strict", action="store_true", help="keep nothing if any line is bad")


def bring_people(parsed: argparse.Namespace) -> int:
    """Import people; 0 when every line was good, 1 when some were not, 2 for no table at all."""
    from hallway.people.importing import import_people

    def run(file: BinaryIO, advance: "Advance") -> "Report":
        return import_people(file, dry_run=parsed.dry_run, strict=parsed.strict, progress=advance)

    return _bring(parsed.file, run)


def bring_follows(parsed: argparse.Namespace) -> int:
    """Import follows; the status is as for people."""
    from hallway.people.importing import import_follows

    def run(file: BinaryIO, advance: "Advance") -> "Report":
        return import_follows(file, dry_run=parsed.dry_run, strict=parsed.strict, progress=advance)

    return _bring(parsed.file, run)


def _bring(path: Path, run: "Callable[[BinaryIO, Advance], Report]") -> int:
    console = Console(stderr=True, highlight=False)
    try:
        with closing(path.open("rb")) as file:
            total = sum(block.count(b"\n") for block in iter(lambda: file.read(1 << 20), b""))
            with Progress(
                TextColumn("{task.description}"),
                BarColumn(),
                TaskProgressColumn(),
                TimeRemainingColumn(),
                console=console,
                transient=True,
            ) as bar:
                task = bar.add_task(path.name, total=max(total, 1))
                report = run(file, lambda line: bar.update(task, completed=line))
    except (OSError, CsvRefused) as error:
        console.print(escape(f"{path}: {getattr(error, 'strerror', None) or error}"))
        return UNREADABLE
    _tell(report, console)
    return 1 if report.bad else 0


def _tell(report: "Report", console: Console) -> None:
    for bad in report.bad:
        console.print(escape(str(bad.sentence)), soft_wrap=True)
    if report.note:
        console.print(escape(str(report.note)))
    if report.ignored:
        names = ", ".join(report.ignored)
        console.print(escape(_("Not known and left out: %(names)s") % {"names": names}))
    if report.refused:
        console.print(_("Nothing was written, because --strict was given and lines are bad."))
    elif report.dry_run:
        console.print(_("Nothing was written; this is what would happen."))
    table = Table(show_header=False, box=None)
    for name, count in (
        (_("New"), report.new),
        (_("Changed"), report.changed),
        (_("Unchanged"), report.unchanged),
        (_("New units"), report.new_units),
        (ngettext("Bad line", "Bad lines", len(report.bad)), len(report.bad)),
    ):
        table.add_row(name, str(count))
    Console(file=sys.stdout, highlight=False).print(table)
