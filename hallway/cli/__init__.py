"""The command line `hallway`."""

import argparse
import importlib
import os
import sys

import django

from hallway import __version__
from hallway.cli import demo
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
    "doctor",
    "restored",
)


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit status; a wrong setting ends it with one sentence."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hallway.settings")
    given = sys.argv[1:] if arguments is None else arguments
    if given[:1] == ["demo"]:
        # A demo has settings of its own, made before any are read.
        parsed = _demo_parser().parse_args(given)
        return int(parsed.func(parsed))
    try:
        parser = _parser()
    except ConfigError as error:
        print(f"hallway: {error}", file=sys.stderr)
        return 2
    parsed = parser.parse_args(given)
    result = parsed.func(parsed)
    return int(result or 0)


def _demo_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="hallway")
    demo.register(parser.add_subparsers(required=True))
    return parser


def _parser() -> argparse.ArgumentParser:
    django.setup()
    parser = argparse.ArgumentParser(
        prog="hallway", description="A self-hosted enterprise social network."
    )
    parser.add_argument("--version", action="version", version=f"hallway {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name in COMMANDS:
        importlib.import_module(f"hallway.cli.{name}").register(commands)
    return parser
