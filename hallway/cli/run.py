"""`hallway run`: pages, hub and worker in one process on one port; the embedded default."""

import argparse
import threading

from django.conf import settings

from hallway.cli.migrate import migrate
from hallway.cli.naming import add_command
from hallway.cli.ports import add_listening, require_free


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = add_command(commands, "run", "everything in one process on one port")
    add_listening(parser)
    parser.set_defaults(func=run)


def run(parsed: argparse.Namespace) -> int:
    """Prepare the database, then serve until stopped."""
    from hallway.accounts.actions import first_link

    require_free(parsed.host, parsed.port)
    migrate()
    link = first_link(settings.CONFIG.base_url)
    if link:
        print(f"Nobody has an account yet. Become the first administrator here:\n  {link}")
    print(f"Hallway is open: {settings.CONFIG.base_url}", flush=True)
    return serve_all(parsed.host, parsed.port)


def serve_all(host: str, port: int) -> int:
    """Serve pages, live screens and the worker from this process until it is stopped."""
    from hallway.hub.app import serve
    from hallway.worker import run_in_thread
    from hallway.wsgi import application

    stop = threading.Event()
    worker = run_in_thread(stop)
    try:
        serve(host, port, django_app=application, threads=settings.CONFIG.threads)
    finally:
        stop.set()
        worker.join(timeout=10)
    return 0
