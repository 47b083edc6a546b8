"""`hallway worker`: makes notifications of what happens, sends mail, and tidies once a day."""

import argparse
import signal
import threading

from hallway.cli.naming import add_command


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = add_command(
        commands, "worker", "follow the journal: notifications, mail, daily tidying"
    )
    parser.set_defaults(func=work)


def work(_parsed: argparse.Namespace) -> int:
    """Run until SIGTERM or Ctrl+C; what has been begun is finished first."""
    from hallway.worker import run

    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    run(stop)
    return 0
