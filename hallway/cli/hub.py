"""`hallway hub`: hold the open screens."""

import argparse

from hallway.cli.naming import add_command
from hallway.cli.ports import add_listening, require_free


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = add_command(commands, "hub", "hold the open screens (WebSocket at /live)")
    add_listening(parser, port=8001)
    parser.add_argument("--share", action="store_true", help="share the port with other hubs")
    parser.set_defaults(func=hub)


def hub(parsed: argparse.Namespace) -> int:
    """Serve until stopped."""
    from hallway.hub.app import serve

    require_free(parsed.host, parsed.port, share=parsed.share)
    serve(parsed.host, parsed.port, reuse_port=parsed.share)
    return 0
