"""Where a command listens: a port that can be one, and that nobody else listens on."""

import argparse
import socket

HOST = "127.0.0.1"
PORT = 8000
HIGHEST = 65_535


class PortTaken(Exception):
    """The port cannot be used; the text says why and what to do."""


def add_listening(parser: argparse.ArgumentParser, port: int = PORT) -> None:
    """Let a command be told where to listen; without a word it is `port` of this machine."""
    parser.add_argument(
        "--host", default=HOST, help=f"address of this machine to listen at (default {HOST})"
    )
    parser.add_argument(
        "--port", type=port_number, default=port, help=f"port to listen at (default {port})"
    )


def port_number(text: str) -> int:
    """Read a port for argparse; raises ArgumentTypeError for what can be none."""
    if not (text.isascii() and text.isdigit() and len(text) < 6 and 0 < int(text) <= HIGHEST):
        raise argparse.ArgumentTypeError(f"a port is a number from 1 to {HIGHEST}, not “{text}”")
    return int(text)


def require_free(host: str, port: int, *, share: bool = False) -> None:
    """Raise PortTaken unless this process could listen there now."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if share:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise PortTaken(
                f"Nothing can listen at {host}, port {port}: {error.strerror}."
                " Choose another with --port, or stop what is using it."
            ) from error
