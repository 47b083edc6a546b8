"""`hallway web`: answer pages with several processes; for installations with PostgreSQL."""

import argparse

from django.conf import settings


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = commands.add_parser("web", help="answer pages (start hub and worker besides)")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, default=1, help="processes (default 1)")
    parser.set_defaults(func=web)


def web(parsed: argparse.Namespace) -> int:
    """Serve until stopped."""
    from granian.constants import Interfaces
    from granian.server import Server

    server = Server(
        "hallway.wsgi:application",
        address=parsed.host,
        port=parsed.port,
        interface=Interfaces.WSGI,
        workers=parsed.workers,
        blocking_threads=settings.CONFIG.threads,
        backpressure=256,
        log_access=False,
        websockets=False,
    )
    server.serve()
    return 0
