"""Backup and restore of 1,000,000 entries while people write: nothing lost, how long, how slow.

Posts are published at an even pace, first alone, then while `hallway backup` runs; then the archive
is restored beside. What was committed before the backup began must be there, with all entries. The
backup's time stands against the bare limit, writing a file of the same size to the same disk.

    python -m bench.saving [entries] [people] [seconds alone]
"""

import os
import random
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

import psycopg

from bench.filling import Size, fill
from bench.ready import begin, beside, share, show
from bench.server import ROOT

POSTS_A_SECOND = 20


def main() -> int:
    """Print a table; 0 when nothing is lost."""
    given = [int(argument) for argument in sys.argv[1:]]
    entries, people, seconds = (*given, *(1_000_000, 20_000, 30)[len(given) :])
    with tempfile.TemporaryDirectory(prefix="hallway-bench-") as folder:
        begin(str(Path(folder) / "here"))
        figures = measure(Size(people, entries), seconds, Path(folder))
    alone, during = figures["alone"], figures["during"]
    show(
        [
            ("entries", f"{entries:,}", ""),
            ("posts a second", f"{POSTS_A_SECOND}", ""),
            ("backup", f"{figures['backup']:.1f} s", ""),
            ("bare file of that size", f"{figures['bare']:.1f} s", f"{figures['size']:.0f} MB"),
            ("ratio", f"{figures['backup'] / figures['bare']:.1f}", ""),
            ("restore", f"{figures['restore']:.1f} s", ""),
            ("a post alone, median", f"{statistics.median(alone):.1f} ms", ""),
            ("a post alone, p99", f"{share(alone, 0.99):.1f} ms", ""),
            ("during the backup, median", f"{statistics.median(during):.1f} ms", ""),
            ("during the backup, p99", f"{share(during, 0.99):.1f} ms", ""),
            (
                "slowed down, medians",
                f"{statistics.median(during) / statistics.median(alone):.2f}",
                "",
            ),
            ("posts before the backup", f"{figures['before']}", ""),
            ("lost", f"{figures['lost']}", "0"),
        ]
    )
    return int(figures["lost"] > 0)


def measure(size: Size, seconds: int, folder: Path) -> dict[str, Any]:
    """Fill, write, save, restore; returns the figures by name."""
    fill(size)
    writer = Writer(size.people)
    writer.start()
    time.sleep(seconds)
    alone = writer.taken[:]
    before = list(writer.posts)
    archive = folder / "saved.tar"
    backup = _hallway("backup", str(archive))
    during = writer.taken[len(alone) :]
    writer.finish()
    there = beside(folder, "there")
    restore = _hallway("restore", str(archive), **there)
    kept = _entries(there)
    missing = len(set(before) - kept)
    return {
        "alone": alone,
        "during": during,
        "before": len(before),
        "backup": backup,
        "restore": restore,
        "bare": _copy(archive),
        "size": archive.stat().st_size / 2**20,
        "lost": missing + max(0, size.entries + len(before) - len(kept)),
    }


class Writer(threading.Thread):
    """Publishes posts at the pace until told to stop; knows how long each took, in ms."""

    def __init__(self, people: int) -> None:
        super().__init__(name="writer")
        self._people = people
        self._stop_now = threading.Event()
        self._failure: BaseException | None = None
        self.taken: list[float] = []
        self.posts: list[int] = []

    def run(self) -> None:
        from django.db import connection

        try:
            self._write()
        except BaseException as error:
            self._failure = error
            raise
        finally:
            connection.close()

    def finish(self) -> None:
        """Stop. Raises RuntimeError if a post has failed."""
        self._stop_now.set()
        self.join()
        if self._failure is not None:
            raise RuntimeError("the writer has failed") from self._failure

    def _write(self) -> None:
        from hallway.entries.actions import Draft
        from hallway.people.models import Person
        from hallway.posts.actions import publish_post
        from hallway.spaces.actions import ensure_company

        dice, space = random.Random(1), ensure_company("Company")
        began, number = time.monotonic(), 0
        while not self._stop_now.wait(max(0.0, began + number / POSTS_A_SECOND - time.monotonic())):
            number += 1
            author = Person.objects.get(pk=dice.randint(1, self._people))
            started = time.perf_counter()
            post = publish_post(Draft(f"Words, number {number}"), space, by=author)
            self.taken.append((time.perf_counter() - started) * 1000)
            self.posts.append(post.pk)


def _hallway(*arguments: str, **settings: str) -> float:
    """Run a command; returns the seconds it took."""
    began = time.monotonic()
    subprocess.run(
        [Path(sys.executable).with_name("hallway"), *arguments],
        env=os.environ | settings,
        cwd=ROOT,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return time.monotonic() - began


def _entries(there: dict[str, str]) -> set[int]:
    """The numbers of all entries in the restored database."""
    url = there.get("HALLWAY_DATABASE_URL")
    if url:
        with psycopg.connect(url) as server:
            return {pk for (pk,) in server.execute("SELECT id FROM entries_entry")}
    with sqlite3.connect(Path(there["HALLWAY_DATA"]) / "hallway.sqlite3") as file:
        return {pk for (pk,) in file.execute("SELECT id FROM entries_entry")}


def _copy(archive: Path) -> float:
    """Seconds to write a file of the same size, and to wait for the disk."""
    began = time.monotonic()
    copy = archive.with_suffix(".copy")
    with archive.open("rb") as source, copy.open("wb") as target:
        shutil.copyfileobj(source, target, 2**20)
        target.flush()
        os.fsync(target.fileno())
    return time.monotonic() - began


if __name__ == "__main__":
    sys.exit(main())
