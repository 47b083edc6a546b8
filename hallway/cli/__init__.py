"""The command line `hallway`."""

import argparse
import importlib
import os
import sys

import django

from hallway import __version__
from hallway.config import ConfigError

COMMANDS = (
    "run",
    "web",
    "hub",
    "worker",
    "migrate",
    "create_admin",
    "invite",
    "import_csv",
    "demo",
    "simulate",
    "doctor",
    "backup",
    "restore",
    "restored",
    "verify_anonymity",
)

# These make settings of their own before any are read.
LONE = ("demo", "simulate")

# People are sent to the port these are told, unless a base address is set.
FOUND_AT_A_PORT = ("run", "invite")


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit status; a wrong setting ends it with one sentence."""
    os.umask(0o077)  # database, files and keys are read by the user of Hallway alone
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hallway.settings")
    # Before settings, which make the data folder: who asks for help has started nothing yet.
    parsed = _parser().parse_args(arguments)
    if parsed.command in FOUND_AT_A_PORT:
        _be_found_at(parsed.port)
    try:
        if parsed.command not in LONE:
            django.setup()
    except ConfigError as error:
        print(f"hallway: {error}", file=sys.stderr)
        return 2
    return _do(parsed)


def _be_found_at(port: int | None) -> None:
    # Links in mails and the origin of forms follow from the address, so it has the port of the
    # one process there is; behind a proxy the address is set.
    if port and not os.environ.get("HALLWAY_BASE_URL"):
        os.environ["HALLWAY_BASE_URL"] = f"http://localhost:{port}"


def _do(parsed: argparse.Namespace) -> int:
    # Not above: what this needs of Django wants settings.
    from hallway.cli.failing import NEED_TABLES, refuse, require_tables, require_whole, sentence_for

    try:
        if parsed.command not in LONE:
            require_whole()
        if parsed.command in NEED_TABLES:
            require_tables()
        return int(parsed.func(parsed) or 0)
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        sentence = sentence_for(error)
        if sentence is None:
            raise
        return refuse(sentence)


def _parser() -> argparse.ArgumentParser:
    # What commands need of Hallway they import when they are done: models want settings.
    parser = argparse.ArgumentParser(
        prog="hallway", description="A self-hosted enterprise social network."
    )
    parser.add_argument("--version", action="version", version=f"hallway {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name in COMMANDS:
        importlib.import_module(f"hallway.cli.{name}").register(commands)
    return parser
