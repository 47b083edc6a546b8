"""What the home stream costs: a small and a large company, against a page that says hello."""

import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
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


def run(sizes: tuple[Size, Size] = (SMALL, LARGE)) -> dict[str, Any]:
    """Measure and return milliseconds of server CPU per request, queries, and the ratios."""
    figures: dict[str, Any] = {"hello": _hello({}), "bare": _hello({"BARE": "1"}), "targets": True}
    for name in ("sqlite", "postgresql"):
        small, large = [_company(name, size) for size in sizes]
        growth = large["cpu"] / small["cpu"]
        times = large["page_cpu"] / figures["hello"]
        figures[name] = {
            "small": small,
            "large": large,
            "growth": growth,
            "times_hello": times,
            "times_bare": large["page_cpu"] / figures["bare"],
        }
        figures["targets"] &= growth <= MOST_GROWTH and times <= MOST_TIMES_HELLO
    return figures


def _hello(environment: dict[str, str]) -> float:
    with serving("bench.hello:application", environment) as served:
        return _least(served, [{}], HELLO_REQUESTS)


def _company(name: str, size: Size) -> dict[str, float]:
    with _database(name) as url, tempfile.TemporaryDirectory() as folder:
        environment = {"HALLWAY_DATA": folder}
        if name == "postgresql":
            environment["HALLWAY_DATABASE_URL"] = url
        return _measure(name, size, environment)


def _measure(name: str, size: Size, environment: dict[str, str]) -> dict[str, float]:
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
    with serving("hallway.asgi:application", environment) as served:
        cold, _ = served.get(cookies, VIEWERS)
        store = _postgres_cpu() if name == "postgresql" else 0.0
        page = _least(served, cookies, REQUESTS)
        spent = (
            (_postgres_cpu() - store) / ((ROUNDS + 1) * REQUESTS) if name == "postgresql" else 0.0
        )
    return {
        "queries": float(queries),
        "page_cpu": page,
        "store_cpu": spent * 1000,
        "cpu": page + spent * 1000,
        "cold_cpu": cold * 1000,
    }


def _least(served: Served, headers: list[dict[str, str]], count: int) -> float:
    """Milliseconds a request in the round that was disturbed least: neighbours can only add."""
    served.get(headers, count)
    return min(served.get(headers, count)[0] * 1000 for _ in range(ROUNDS))


@contextmanager
def _database(name: str) -> Iterator[str]:
    if name == "sqlite":
        yield ""
        return
    with postgresql(durable=True) as url:
        yield url


def _postgres_cpu() -> float:
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
    figures = run()
    hello = "hello, as startproject makes it"
    print(f"{hello:34} {figures['hello']:8.2f} ms of server CPU per request")
    print(f"{'hello without any middleware':34} {figures['bare']:8.2f} ms")
    for name in ("sqlite", "postgresql"):
        for size in ("small", "large"):
            found = figures[name][size]
            company = SMALL if size == "small" else LARGE
            label = f"{name}, {company.people:,} / {company.entries:,}"
            print(
                f"{label:34} {found['page_cpu']:8.2f} ms, database {found['store_cpu']:.2f} ms,"
                f" {found['queries']:.0f} queries; nothing drawn yet {found['cold_cpu']:.2f} ms"
            )
        print(f"{name + ', large to small':34} {figures[name]['growth']:8.2f} (target 1.3)")
        print(f"{name + ', page to hello':34} {figures[name]['times_hello']:8.2f} (target 8)")
        print(f"{name + ', page to hello without':34} {figures[name]['times_bare']:8.2f}")
    return 0 if figures["targets"] else 1


if __name__ == "__main__":
    sys.exit(main())
