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
    "doctor",
    "restored",
)


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit status; a wrong setting ends it with one sentence."""
    os.umask(0o077)  # database, files and keys are read by the user of Hallway alone
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hallway.settings")
    given = sys.argv[1:] if arguments is None else arguments
    try:
        # A demo has settings of its own, made before any are read.
        parser = _demo_parser() if given[:1] == ["demo"] else _parser()
    except ConfigError as error:
        print(f"hallway: {error}", file=sys.stderr)
        return 2
    return _do(parser.parse_args(given))


def _do(parsed: argparse.Namespace) -> int:
    # Not above: what this needs of Django wants settings.
    from hallway.cli.failing import NEED_TABLES, refuse, require_tables, sentence_for

    try:
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


def _demo_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="hallway")
    demo = importlib.import_module("hallway.cli.demo")
    demo.register(parser.add_subparsers(dest="command", required=True))
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
