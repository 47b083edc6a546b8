"""`hallway invite --all`: mail an invitation to everybody who was imported and has none yet."""

import argparse
import sys

from hallway.accounts.actions import invite_all
from hallway.accounts.mail import NotSent


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = commands.add_parser("invite", help="invite everybody who has no password yet")
    parser.add_argument("--all", action="store_true", required=True, help="be sure: all of them")
    parser.set_defaults(func=invite)


def invite(parsed: argparse.Namespace) -> int:
    """Send the invitations one after another; 1 when the mail server gave up on the way."""
    sent = 0
    try:
        for _ in invite_all(by=None):
            sent += 1
    except NotSent as error:
        print(f"{sent} invitations sent, then the mail server failed: {error}", file=sys.stderr)
        print("Those invited stay so; run this again for the rest.", file=sys.stderr)
        return 1
    print(f"{sent} invitations sent.")
    return 0
