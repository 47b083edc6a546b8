"""All measurements in turn, or those that are named: `python -m bench [home everyday …]`.

With `--write` the tables go into docs/performance.md as well; `--on=sqlite` leaves out other
databases. With `--quick` all sizes are small: that shows in a minute or two that everything works,
and its figures mean nothing. The exit status is 1 if a target was missed.
"""

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from bench import page
from tests.databases.postgresql import postgresql

ROOT = Path(__file__).parents[1]

BOTH = ("sqlite", "postgresql")
HUBS = (*BOTH, "postgresql, two hubs")


class Figure(NamedTuple):
    """A measurement: its title, on which databases, and small sizes to try it with."""

    title: str
    databases: tuple[str, ...]
    quick: tuple[str, ...]


FIGURES = {
    "home": Figure(
        "Home stream: a small company against a large one, and a page that says hello",
        ("",),
        ("60", "300", "120", "600", "30"),
    ),
    "visit": Figure("A visit of Home in Chromium", ("sqlite",), ("60", "300")),
    "hub": Figure("Hub: one frame to 10,000 screens", ("",), ("100", "3")),
    "everyday": Figure(
        "Everyday: 50 posts a second, from commit to 500 screens", BOTH, ("20", "2", "60")
    ),
    "votes": Figure("Votes: 10,000 in one burst, on disk and acknowledged", HUBS, ("50",)),
    "townhall": Figure(
        "Town hall: 10,000 people for five minutes, then the hub is killed", HUBS, ("50", "5")
    ),
    "unread": Figure(
        "A post to everybody: published, told, and read on one screen", BOTH, ("50", "100")
    ),
    "digests": Figure("Digests for 10,000 people", BOTH, ("60",)),
    "saving": Figure(
        "Backup and restore of 1,000,000 entries while people write", BOTH, ("500", "60", "1")
    ),
    "directory": Figure("Directory: search among 120,000 people", BOTH, ("300",)),
    "importing": Figure("Import of 100,000 people", ("sqlite",), ("300",)),
}


def main(arguments: list[str]) -> int:
    """Run the named measurements, all by default, and print their tables."""
    chosen = [name for name in arguments if not name.startswith("-")] or list(FIGURES)
    only = {name[len("--on=") :] for name in arguments if name.startswith("--on=")}
    missed = []
    for name in chosen:
        figure = FIGURES[name]
        for database in [each for each in figure.databases if not only or each in only]:
            title = titled(figure, database)
            print(f"\n{title}\n", flush=True)
            quick = "--quick" in arguments
            status, table = _measure(name, database, figure.quick if quick else ())
            if status:
                missed.append(name)
            if "--write" in arguments and not quick:
                every = [titled(each, on) for each in FIGURES.values() for on in each.databases]
                page.write({title: table}, every)
    print(f"\nTargets missed: {', '.join(missed)}" if missed else "\nAll targets hold.")
    return 1 if missed else 0


def titled(figure: Figure, database: str) -> str:
    """The title of a measurement on a database."""
    return f"{figure.title}, {database}" if database else figure.title


def _measure(name: str, database: str, sizes: Sequence[str]) -> tuple[int, str]:
    hubs = {"BENCH_HUBS": "2" if database.endswith("two hubs") else "1"}
    if not database.startswith("postgresql"):
        return _run(name, sizes, hubs)
    with postgresql(durable=True) as url:
        return _run(name, sizes, {"HALLWAY_DATABASE_URL": url, **hubs})


def _run(name: str, sizes: Sequence[str], environment: dict[str, str]) -> tuple[int, str]:
    done = subprocess.Popen(
        [sys.executable, "-m", f"bench.{name}", *sizes],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert done.stdout is not None
    lines = []
    for line in done.stdout:
        print(line, end="", flush=True)
        lines.append(line)
    return done.wait(), "".join(lines)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
