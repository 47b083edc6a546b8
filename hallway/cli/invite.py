"""`hallway invite --all`: mail an invitation to everybody who was imported and has none yet."""

import argparse
import os

from hallway.cli.failing import NotReady
from hallway.cli.naming import add_command
from hallway.cli.ports import port_number


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = add_command(commands, "invite", "invite everybody who has no password yet")
    parser.add_argument("--all", action="store_true", required=True, help="be sure: all of them")
    parser.add_argument(
        "--port",
        type=port_number,
        help="port of hallway run, if all people sit at this machine; else set HALLWAY_BASE_URL",
    )
    parser.set_defaults(func=invite)


def invite(parsed: argparse.Namespace) -> int:
    """Owe everybody their invitation; the worker sends them.

    Raises NotReady if nobody has said where the links in them are to lead.
    """
    from hallway.accounts.actions import invite_all

    # A mail cannot be taken back, and where hallway run listens another process does not know.
    if not os.environ.get("HALLWAY_BASE_URL"):
        raise NotReady(
            "Nobody is invited yet: links in mails need an address. Set HALLWAY_BASE_URL,"
            " or give the --port of hallway run to try it out on this machine."
        )
    invited = sum(1 for _ in invite_all(by=None))
    print(f"{invited} people are invited. hallway run or hallway worker sends the mails;")
    print("hallway doctor says if some cannot be sent.")
    return 0
