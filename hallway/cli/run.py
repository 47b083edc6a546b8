"""`hallway run`: pages, hub and worker in one process on one port; the embedded default."""

import argparse
import threading

from django.conf import settings

from hallway.accounts.actions import first_link
from hallway.cli.migrate import migrate
from hallway.cli.ports import port_number, require_free
from hallway.hub.app import serve
from hallway.worker import run_in_thread
from hallway.wsgi import application


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = commands.add_parser("run", help="everything in one process on one port")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=port_number, default=8000)
    parser.set_defaults(func=run)


def run(parsed: argparse.Namespace) -> int:
    """Prepare the database, then serve until stopped."""
    require_free(parsed.host, parsed.port)
    migrate()
    link = first_link(settings.CONFIG.base_url)
    if link:
        print(f"Nobody has an account yet. Become the first administrator here:\n  {link}")
    print(f"Hallway is open: {settings.CONFIG.base_url}", flush=True)
    return serve_all(parsed.host, parsed.port)


def serve_all(host: str, port: int) -> int:
    """Serve pages, live screens and the worker from this process until it is stopped."""
    stop = threading.Event()
    worker = run_in_thread(stop)
    try:
        serve(host, port, django_app=application, threads=settings.CONFIG.threads)
    finally:
        stop.set()
        worker.join(timeout=10)
    return 0
