"""What the home stream costs: a small and a large company, against a page that says hello."""

import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.filling import LARGE, SMALL, Size
from bench.server import ROOT, Served, cpu_of, serving
from tests.databases.postgresql import postgresql

VIEWERS = 40
REQUESTS = 300
HELLO_REQUESTS = 1_500
ROUNDS = 8
MOST_GROWTH = 1.3
MOST_TIMES_HELLO = 8.0


def run(sizes: tuple[Size, Size] = (SMALL, LARGE), divisor: int = 1) -> dict[str, Any]:
    """Measure and return milliseconds of server CPU per request, queries, and the ratios.

    All counts of requests are divided by `divisor`.
    """
    figures: dict[str, Any] = {"targets": True}
    for name in ("sqlite", "postgresql"):
        small, large = [_company(name, size, divisor) for size in sizes]
        growth = large["cpu"] / small["cpu"]
        times = large["page_cpu"] / large["hello"]
        figures[name] = {
            "small": small,
            "large": large,
            "growth": growth,
            "times_hello": times,
            "times_bare": large["page_cpu"] / large["bare"],
        }
        figures["targets"] &= growth <= MOST_GROWTH and times <= MOST_TIMES_HELLO
    return figures


def _company(name: str, size: Size, divisor: int) -> dict[str, float]:
    with _database(name) as url, tempfile.TemporaryDirectory() as folder:
        environment = {"HALLWAY_DATA": folder}
        if name == "postgresql":
            environment["HALLWAY_DATABASE_URL"] = url
        return _measure(name, size, environment, divisor)


def _measure(name: str, size: Size, environment: dict[str, str], divisor: int) -> dict[str, float]:
    prepared = subprocess.run(
        [sys.executable, "-m", "bench.preparing", str(size.people), str(size.entries)],
        env={**os.environ, **environment},
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    queries, *keys = prepared.stdout.split()
    dice = random.Random(3)
    dice.shuffle(keys)
    # A browser keeps its anti-forgery cookie; without one a page would make a new secret.
    cookies = [{"Cookie": f"csrf={'a1' * 16}; session={key}"} for key in keys]
    with (
        serving("hallway.asgi:application", environment) as served,
        serving("bench.hello:application", {}) as hello,
        serving("bench.hello:application", {"BARE": "1"}) as bare,
    ):
        cold, _ = served.get(cookies, len(cookies))
        turns = [
            (served, cookies, REQUESTS),
            (hello, [{}], HELLO_REQUESTS),
            (bare, [{}], HELLO_REQUESTS),
        ]
        (page, greeting, least), store = _in_turns(
            [(who, headers, count // divisor) for who, headers, count in turns],
            name == "postgresql",
        )
    return {
        "queries": float(queries),
        "page_cpu": page,
        "hello": greeting,
        "bare": least,
        "store_cpu": store,
        "cpu": page + store,
        "cold_cpu": cold * 1000,
    }


def _in_turns(
    turns: Sequence[tuple[Served, list[dict[str, str]], int]], on_server: bool
) -> tuple[list[float], float]:
    """Milliseconds a request of each, and what PostgreSQL spends on one of the first.

    They take turns, so that what else the machine does disturbs all alike; of each the round
    counts that was disturbed least, for neighbours can only add.
    """
    least = [float("inf")] * len(turns)
    store = 0.0
    for number in range(ROUNDS + 1):
        for place, (served, headers, count) in enumerate(turns):
            before = postgres_cpu() if on_server and not place else 0.0
            spent, _ = served.get(headers, count)
            if number:  # the first round warms up
                least[place] = min(least[place], spent * 1000)
                if on_server and not place:
                    store += (postgres_cpu() - before) / count * 1000
    return least, store / ROUNDS


@contextmanager
def _database(name: str) -> Iterator[str]:
    if name == "sqlite":
        yield ""
        return
    with postgresql(durable=True) as url:
        yield url


def postgres_cpu() -> float:
    """Seconds of processor time of all running PostgreSQL processes of this machine."""
    total = 0.0
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                command = (folder / "comm").read_text().strip()
            except OSError:
                continue
            if command.startswith("postgres"):
                total += cpu_of(int(folder.name))
    return total


def main() -> int:
    """Print a table; 0 when the targets hold."""
    given = [int(argument) for argument in sys.argv[1:]]
    sizes = (Size(*given[:2]), Size(*given[2:4])) if given else (SMALL, LARGE)
    figures = run(sizes, *given[4:])
    for name in ("sqlite", "postgresql"):
        large = figures[name]["large"]
        print(f"{name + ', hello as startproject makes it':40} {large['hello']:8.2f} ms of CPU")
        print(f"{name + ', hello without any middleware':40} {large['bare']:8.2f} ms")
        for company, found in zip(
            sizes, (figures[name]["small"], figures[name]["large"]), strict=True
        ):
            label = f"{name}, {company.people:,} / {company.entries:,}"
            print(
                f"{label:40} {found['page_cpu']:8.2f} ms, database {found['store_cpu']:.2f} ms,"
                f" {found['queries']:.0f} queries; nothing drawn yet {found['cold_cpu']:.2f} ms"
            )
        print(f"{name + ', large to small':40} {figures[name]['growth']:8.2f} (target 1.3)")
        print(f"{name + ', page to hello':40} {figures[name]['times_hello']:8.2f} (target 8)")
        print(f"{name + ', page to hello without':40} {figures[name]['times_bare']:8.2f}")
    return 0 if figures["targets"] else 1


if __name__ == "__main__":
    sys.exit(main())
