"""What the home stream costs: a small and a large company, against a page that says hello."""

import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
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
        small, large = _companies(name, sizes, divisor)
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


def _companies(name: str, sizes: Sequence[Size], divisor: int) -> list[dict[str, float]]:
    """What a page costs in a company of each size; all stand side by side and take turns."""
    with ExitStack() as stack:
        companies = [_prepared(stack, name, size) for size in sizes]
        hello = stack.enter_context(serving("bench.hello:application", {}))
        bare = stack.enter_context(serving("bench.hello:application", {"BARE": "1"}))
        cold = [served.get(cookies, len(cookies))[0] for served, cookies, _ in companies]
        turns = [(served, cookies, REQUESTS) for served, cookies, _ in companies]
        turns += [(hello, [{}], HELLO_REQUESTS), (bare, [{}], HELLO_REQUESTS)]
        spent = _in_turns([(who, headers, count // divisor) for who, headers, count in turns])
    (greeting, _), (least, _) = spent[-2:]
    return [
        {
            "queries": queries,
            "page_cpu": page,
            "hello": greeting,
            "bare": least,
            "store_cpu": store,
            "cpu": page + store,
            "cold_cpu": first * 1000,
        }
        for (_, _, queries), (page, store), first in zip(companies, spent, cold, strict=False)
    ]


def _prepared(
    stack: ExitStack, name: str, size: Size
) -> tuple[Served, list[dict[str, str]], float]:
    """Fill a database; returns its server, the cookies of viewers, and the queries of a page."""
    environment = {"HALLWAY_DATA": stack.enter_context(tempfile.TemporaryDirectory())}
    if name == "postgresql":
        environment["HALLWAY_DATABASE_URL"] = stack.enter_context(postgresql(durable=True))
    prepared = subprocess.run(
        [sys.executable, "-m", "bench.preparing", str(size.people), str(size.entries)],
        env={**os.environ, **environment},
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    queries, *keys = prepared.stdout.split()
    random.Random(3).shuffle(keys)
    # A browser keeps its anti-forgery cookie; without one a page would make a new secret.
    cookies = [{"Cookie": f"csrf={'a1' * 16}; session={key}"} for key in keys]
    served = stack.enter_context(serving("hallway.asgi:application", environment))
    return served, cookies, float(queries)


def _in_turns(
    turns: Sequence[tuple[Served, list[dict[str, str]], int]],
) -> list[tuple[float, float]]:
    """Milliseconds a request of each, and what PostgreSQL spends meanwhile.

    They take turns, so that what else the machine does disturbs all alike; of each the round
    counts that was disturbed least, for neighbours can only add.
    """
    least = [(float("inf"), float("inf"))] * len(turns)
    for number in range(ROUNDS + 1):
        for place, (served, headers, count) in enumerate(turns):
            before = postgres_cpu()
            spent, _ = served.get(headers, count)
            store = (postgres_cpu() - before) / count
            if number:  # the first round warms up
                page = spent * 1000
                least[place] = min(least[place][0], page), min(least[place][1], store * 1000)
    return least


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
