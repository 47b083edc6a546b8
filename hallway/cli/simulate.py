"""`hallway simulate`: a made-up company plays a town hall against an instance made for that."""

import argparse
import json
import os
import signal
import sys
import tempfile
from pathlib import Path

import django
from rich.console import Console

from hallway.cli.ports import port_number
from hallway.config import ConfigError
from hallway.simulation import report
from hallway.simulation.directing import Failed, play
from hallway.simulation.house import House, NotForSimulation, read_mark, require_new, share_of
from hallway.simulation.scene import Outcome, Rules
from hallway.simulation.server import (
    NotStarted,
    command,
    environment,
    free_port,
    running,
    used,
)
from hallway.simulation.showing import Display

REFUSED = 2
QUESTIONS_A_MINUTE = 20
FEWEST_QUESTIONS = 8


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = commands.add_parser("simulate", help="play a town hall with a made-up company")
    kinds = parser.add_subparsers(dest="kind", required=True, metavar="WHAT")
    company = kinds.add_parser("company", help="make one up in a new data folder")
    company.add_argument("--people", type=_number, default=1000)
    company.add_argument("--seed", type=int, default=7)
    company.set_defaults(func=lambda parsed: _guarded(make_company, parsed))
    hall = kinds.add_parser("townhall", help="play against an instance with such a company")
    hall.add_argument("--url", required=True, help="the address of the instance")
    hall.add_argument("--data", type=Path, help="its data folder, or a copy of its simulation.json")
    hall.add_argument("--share", type=_share, default=(1, 1), help="1/3: the first of three")
    hall.add_argument("--server-pid", type=int, default=0, help="its process, if it is here")
    hall.set_defaults(func=lambda parsed: _guarded(townhall, parsed))
    whole = kinds.add_parser("all", help="both, with an instance of its own that ends with it")
    whole.add_argument("--people", type=_number, default=1000)
    whole.add_argument("--folder", type=Path, help="a new one that is kept")
    whole.add_argument("--port", type=port_number, help="instead of a free one")
    whole.add_argument("--database", default="", help="an empty PostgreSQL instead of SQLite")
    whole.set_defaults(func=lambda parsed: _guarded(everything, parsed))
    for each in (hall, whole):
        each.add_argument("--seconds", type=_seconds, default=60.0, help="how long it is on air")
        each.add_argument("--arrive", type=_seconds, default=30.0, help="people come within")
        each.add_argument("--settle", type=_seconds, default=30.0, help="for the last to come back")
        each.add_argument("--seed", type=int, default=7)
        each.add_argument("--processes", type=_count, default=2, help="that play the people")
        each.add_argument("--report", type=Path, help="a JSON file for all figures")


def make_company(parsed: argparse.Namespace) -> int:
    """Make up a company in the new folder HALLWAY_DATA, and mark it; returns the exit status."""
    folder = _folder()
    require_new(folder)
    django.setup()
    # These need settings.
    from hallway.cli.migrate import migrate
    from hallway.simulation.founding import found, require_empty

    require_empty()
    migrate()
    house = found(folder, parsed.people, parsed.seed)
    print(f"{len(house.people) + 1:,} people are in {folder}; their town hall: /halls/{house.hall}")
    return 0


def townhall(parsed: argparse.Namespace) -> int:
    """Play the scene and report; 0 only if every screen ended in the true state."""
    data = (parsed.data or _folder()).resolve()
    house = read_mark(data)
    has_database = data.is_dir() and (
        (data / "hallway.sqlite3").exists() or "HALLWAY_DATABASE_URL" in os.environ
    )
    rules = _rules(parsed, house)
    console = Console()
    people = share_of(house.people, parsed.share)
    before = used(parsed.server_pid)
    with Display(console, len(people) + (parsed.share[0] == 1), rules.seconds) as display:
        outcome, watched = play(
            house,
            rules,
            share=parsed.share,
            processes=min(parsed.processes, len(people)),
            by_pages=not has_database,
            watch=display.show,
        )
    after = used(parsed.server_pid)
    wrong, counted = _audited(data, house, outcome) if has_database else ([], {})
    found = report.Findings(rules, outcome, watched, report.mistakes(outcome, wrong), counted)
    if before and after:
        cpu = after["cpu_seconds"] - before["cpu_seconds"]
        found.server = {"cpu_seconds": round(cpu, 1), "peak_memory_mb": after["peak_memory_mb"]}
    console.print(report.as_table(found))
    if parsed.report:
        parsed.report.write_text(json.dumps(report.as_json(found), indent=1) + "\n", "utf-8")
    if found.is_true:
        console.print("[green]Every screen ended in the true state, no vote was lost.")
    return 0 if found.is_true else 1


def everything(parsed: argparse.Namespace) -> int:
    """Make up a company in a new folder, run an instance with it, play; returns the exit status."""
    with tempfile.TemporaryDirectory(prefix="hallway-simulation-") as made:
        folder = (parsed.folder or Path(made) / "data").resolve()
        require_new(folder)
        port = parsed.port or free_port()
        settings = environment(folder, port, parsed.database)
        seed = ("--seed", str(parsed.seed))
        status = command(settings, "simulate", "company", "--people", str(parsed.people), *seed)
        if status != 0:
            return status
        with running(settings, port, folder / "server.log") as pid:
            options = [f"--{name}={getattr(parsed, name)}" for name in _PASSED_ON]
            if parsed.report:
                options.append(f"--report={parsed.report.resolve()}")
            options += [f"--url=http://localhost:{port}", f"--server-pid={pid}"]
            return command(settings, "simulate", "townhall", *options)


_PASSED_ON = ("seconds", "arrive", "settle", "seed", "processes")


def _guarded(deed: "object", parsed: argparse.Namespace) -> int:
    # A build server that gives up says SIGTERM; end then as with Ctrl+C, tidily.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        return int(deed(parsed))  # type: ignore[operator]
    except (NotForSimulation, NotStarted, Failed, ConfigError, ValueError) as error:
        print(f"hallway: {error}", file=sys.stderr)
        return 1 if isinstance(error, Failed) else REFUSED


def _folder() -> Path:
    return Path(os.environ.get("HALLWAY_DATA") or "data").resolve()


def _rules(parsed: argparse.Namespace, house: House) -> Rules:
    return Rules(
        url=parsed.url,
        hall=house.hall,
        cookie=house.cookie,
        people=len(house.people),
        seconds=parsed.seconds,
        arrive=parsed.arrive,
        seed=parsed.seed,
        settle=parsed.settle,
        asked=max(FEWEST_QUESTIONS, round(parsed.seconds / 60 * QUESTIONS_A_MINUTE)),
    )


def _audited(data: Path, house: House, outcome: Outcome) -> tuple[list[str], dict[str, int]]:
    os.environ["HALLWAY_DATA"] = str(data)
    django.setup()
    from hallway.simulation.auditing import audit

    return audit(house.hall, outcome.votes, outcome.ballots, outcome.doubtful)


def _number(text: str) -> int:
    number = _count(text)
    if number < 2:
        raise argparse.ArgumentTypeError("a company has at least 2")
    return number


def _count(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return number


def _seconds(text: str) -> float:
    seconds = float(text)
    if not 0 < seconds < 86_400:
        raise argparse.ArgumentTypeError("seconds of less than a day")
    return seconds


def _share(text: str) -> tuple[int, int]:
    first, _, of = text.partition("/")
    share = (int(first), int(of))
    if not 1 <= share[0] <= share[1]:
        raise argparse.ArgumentTypeError("a share looks like 1/3")
    return share
