"""The port that a command is given: a number that can be one, and that nobody listens on."""

import argparse
import socket

HIGHEST = 65_535


class PortTaken(Exception):
    """The port cannot be used; the text says why and what to do."""


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
