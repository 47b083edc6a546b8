"""How long the import of 100,000 people takes, how much memory, and how long others wait for it.

Writes a table of made-up people with units, managers, skills and languages, imports it into the
database given, then once more: the second time nothing may change.

    python -m bench.importing [people]

With HALLWAY_DATABASE_URL it measures that database, which must be empty; else SQLite in a folder of
its own. Run it by itself: the memory is that of the whole process.
"""

import csv
import os
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.names import names

MOST_SECONDS = 180.0
MOST_MEMORY = 400.0  # MB
LANGUAGES = ["en", "de", "fr", "it", "es", "pl", "tr", "el"]
SKILLS = [
    "Excel",
    "Python",
    "First aid",
    "Negotiating",
    "SQL",
    "Welding",
    "Claims",
    "Payroll",
    "Photography",
]


def run(people: int = 100_000) -> dict[str, Any]:
    """Import `people` twice; returns seconds, megabytes and milliseconds by name."""
    with tempfile.TemporaryDirectory(prefix="hallway-bench-") as folder:
        _set_up(folder)
        from django.db import connection

        from hallway.people.importing import import_people
        from hallway.people.importing import people as importing

        table = Path(folder) / "people.csv"
        _write_table(table, people)
        before = _memory()
        waits: list[float] = []
        importing.Writer.write = _timed(importing.Writer.write, waits)  # type: ignore[method-assign]
        figures: dict[str, Any] = {"database": connection.vendor, "people": people}
        with table.open("rb") as file:
            started = time.monotonic()
            report = import_people(file)
            figures["first"] = time.monotonic() - started
            assert (report.new, report.bad) == (people, []), report
            figures["batch_p50"] = statistics.median(waits) * 1000
            figures["batch_most"] = max(waits) * 1000
            started = time.monotonic()
            report = import_people(file)
            figures["second"] = time.monotonic() - started
            assert (report.unchanged, report.new, report.changed) == (people, 0, 0), report
        figures["memory"] = _memory()
        figures["grown"] = figures["memory"] - before
        return figures


def main() -> int:
    """Print a table; 0 when the targets hold."""
    figures = run(*[int(argument) for argument in sys.argv[1:]])
    rows = [
        ("database", figures["database"], ""),
        ("people", f"{figures['people']:,}", ""),
        ("first import", f"{figures['first']:.0f} s", f"at most {MOST_SECONDS:.0f} s"),
        ("second import", f"{figures['second']:.0f} s", ""),
        ("one batch, median", f"{figures['batch_p50']:.0f} ms", ""),
        ("one batch, slowest", f"{figures['batch_most']:.0f} ms", ""),
        ("memory at its peak", f"{figures['memory']:.0f} MB", f"at most {MOST_MEMORY:.0f} MB"),
        ("of it by the import", f"{figures['grown']:.0f} MB", ""),
    ]
    for name, value, target in rows:
        print(f"{name:28}{value:>22}   {target}")
    return int(figures["first"] > MOST_SECONDS or figures["memory"] > MOST_MEMORY)


def _set_up(folder: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hallway.settings")
    os.environ["HALLWAY_DATA"] = folder
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0, skip_checks=True)


def _write_table(path: Path, people: int) -> None:
    chance = random.Random(5)
    columns = ["email", "name", "title", "department", "location", "language", "manager", "skills"]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        for number, name in enumerate(names(people)):
            writer.writerow(
                [
                    f"p{number}@bench.example",
                    name,
                    f"Title {chance.randrange(300)}",
                    f"Company {number % 5} / Department {number % 200}",
                    f"Town {chance.randrange(40)}",
                    chance.choice(LANGUAGES),
                    f"p{number // 8}@bench.example" if number else "",
                    ";".join(chance.sample(SKILLS, chance.randrange(3))),
                ]
            )


def _timed(write: Callable[..., Any], waits: list[float]) -> Callable[..., Any]:
    def timed(*arguments: Any) -> Any:
        started = time.perf_counter()
        try:
            return write(*arguments)
        finally:
            waits.append(time.perf_counter() - started)

    return timed


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    sys.exit(main())
