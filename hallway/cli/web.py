"""`hallway web`: answer pages with several processes; for installations with PostgreSQL."""

import argparse

from hallway.cli.naming import add_command
from hallway.cli.ports import add_listening, require_free

MOST_AT_ONCE = 4096  # requests that arrive or are answered; a slow one takes no thread


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = add_command(commands, "web", "answer pages (start hub and worker besides)")
    add_listening(parser)
    parser.add_argument(
        "--workers",
        type=int,
        choices=range(1, 257),
        metavar="N",
        default=1,
        help="processes (default 1)",
    )
    parser.set_defaults(func=web)


def web(parsed: argparse.Namespace) -> int:
    """Serve until stopped."""
    require_free(parsed.host, parsed.port)
    from granian.constants import Interfaces
    from granian.http import HTTP1Settings
    from granian.server import Server

    from hallway.hub.entrance import REQUEST_SECONDS

    server = Server(
        "hallway.asgi:application",
        address=parsed.host,
        port=parsed.port,
        interface=Interfaces.ASGINL,
        workers=parsed.workers,
        backpressure=MOST_AT_ONCE,
        http1_settings=HTTP1Settings(header_read_timeout=int(REQUEST_SECONDS * 1000)),
        log_access=False,
        websockets=False,
    )
    server.serve()
    return 0
