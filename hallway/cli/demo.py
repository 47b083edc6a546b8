"""`hallway demo`: a made-up company to look around in, with colleagues who go on talking."""

import argparse
import os
import sys
import threading
from pathlib import Path

import django

from hallway.cli.naming import add_command
from hallway.cli.ports import HOST, PORT, PortTaken, port_number, require_free
from hallway.config import ConfigError
from hallway.demo.folder import DemoFolder, DemoInUse, NotADemo, claimed, require_demo

FOLDER = "demo-data"


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = add_command(commands, "demo", "a made-up company to look around in")
    parser.add_argument(
        "--port", type=port_number, default=PORT, help=f"port to listen at (default {PORT})"
    )
    parser.add_argument("--quiet", action="store_true", help="without live activity")
    parser.add_argument("--reset", action="store_true", help="back to its first day, then stop")
    parser.set_defaults(func=demo)


def demo(parsed: argparse.Namespace) -> int:
    """Build the company if it is not there, then serve it; returns the exit status."""
    folder = Path(os.environ.get("HALLWAY_DATA") or FOLDER).resolve()
    try:
        require_demo(folder)
        if not parsed.reset:
            require_free(HOST, parsed.port)
        _enter(folder, parsed.port)
        with claimed(folder) as held:
            return _reset(held) if parsed.reset else _serve(held, parsed)
    except (NotADemo, DemoInUse, PortTaken, ConfigError) as error:
        print(f"hallway: {error}", file=sys.stderr)
        return 2


def environment(folder: Path, port: int) -> dict[str, str]:
    """The environment of a demo in `folder`: never the database or mail of a real Hallway."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HALLWAY_")}
    return kept | {
        "HALLWAY_DATA": str(folder),
        "HALLWAY_BASE_URL": f"http://localhost:{port}",
        "HALLWAY_COMPANY": "Nordlicht Group",
        "HALLWAY_TIME_ZONE": "Europe/Berlin",
    }


def _enter(folder: Path, port: int) -> None:
    """Set the environment of the demo and only then read the settings, which come from it."""
    wanted = environment(folder, port)
    os.environ.clear()
    os.environ.update(wanted)
    django.setup()


def _reset(held: DemoFolder) -> int:
    _build(held)
    print("Everything is as on the first day. Start it with: make demo")
    return 0


def _serve(held: DemoFolder, parsed: argparse.Namespace) -> int:
    from hallway.cli.migrate import migrate
    from hallway.cli.run import serve_all

    if held.is_ready:
        migrate()
    else:
        _build(held)
    _welcome(parsed.port, quiet=parsed.quiet)
    stop = threading.Event()
    busy = [] if parsed.quiet else _start_colleagues(held, parsed.port, stop)
    try:
        return serve_all(HOST, parsed.port)
    finally:
        stop.set()
        for thread in busy:
            thread.join(timeout=5)


def _build(held: DemoFolder) -> None:
    from hallway.cli.migrate import migrate
    from hallway.demo.building import PEOPLE, build

    print(f"Making up a company of {PEOPLE} people in {held.path} …", flush=True)
    held.begin()
    migrate()
    build()
    held.finish()


def _start_colleagues(held: DemoFolder, port: int, stop: threading.Event) -> list[threading.Thread]:
    from hallway.demo.audience import Audience
    from hallway.demo.colleagues import Colleagues

    address = f"http://{HOST}:{port}"
    busy = {
        "colleagues": Colleagues(address, held.path / "said.json").run,
        "audience": Audience(address).run,
    }
    threads = [
        threading.Thread(target=run, args=(stop,), name=name, daemon=True)
        for name, run in busy.items()
    ]
    for thread in threads:
        thread.start()
    return threads


def _welcome(port: int, *, quiet: bool) -> None:
    from hallway.demo.cast import leading_roles
    from hallway.demo.founding import NEWCOMER, PASSWORD

    print(f"\nNordlicht Group is open:  http://localhost:{port}\n")
    print(f"Sign in as one of these; the password is  {PASSWORD}  for each of them:")
    order = ("employee", "communicator", "administrator")
    for role in sorted((r for r in leading_roles() if r.part), key=lambda r: order.index(r.part)):
        print(f"  {role.part:<14} {role.email:<33} {role.name}, {role.title}")
    print(f"  {'newcomer':<14} {NEWCOMER:<33} Nora Lindqvist, who comes today")
    if not quiet:
        print("\nColleagues go on talking while you watch; start with --quiet to be alone")
        print("(make demo QUIET=1).")
    print("Stop with Ctrl+C. --reset (make demo-reset) brings the first day back.\n", flush=True)
