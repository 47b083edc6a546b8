"""`hallway hub`: hold the open screens."""

import argparse

from hallway.cli.ports import port_number, require_free
from hallway.hub.app import serve


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = commands.add_parser("hub", help="hold the open screens (WebSocket at /live)")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=port_number, default=8001)
    parser.add_argument("--share", action="store_true", help="share the port with other hubs")
    parser.set_defaults(func=hub)


def hub(parsed: argparse.Namespace) -> int:
    """Serve until stopped."""
    require_free(parsed.host, parsed.port, share=parsed.share)
    serve(parsed.host, parsed.port, reuse_port=parsed.share)
    return 0
