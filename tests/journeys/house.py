"""Hallway as it is run: `hallway run` in a process of its own, or its parts behind a front door."""

import contextlib
import http.client
import os
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.environment import LIFTED

STARTS_WITHIN = 40.0
STOPS_WITHIN = 20.0

_COMMAND = "import sys; from hallway.cli import main; sys.exit(main())"
_TROUBLE = re.compile(r"Traceback|\b(ERROR|CRITICAL)\b")


def free_port() -> int:
    """A port that nobody uses at the moment."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


@dataclass
class Part:
    """One process of Hallway, started by its own command."""

    arguments: list[str]
    port: int
    log: Path
    environment: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start and wait until it answers."""
        # What lets a browser test ask the database is nothing for a server.
        guarded = {name: value for name, value in os.environ.items() if name != LIFTED}
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-c", _COMMAND, *self.arguments, "--port", str(self.port)],
                env={**guarded, **self.environment},
                stdout=log,
                stderr=log,
            )
        until = time.monotonic() + STARTS_WITHIN
        while not self._answers():
            if time.monotonic() > until or self.process.poll() is not None:
                raise AssertionError(f"Hallway did not start:\n{self.log.read_text()}")
            time.sleep(0.05)

    def stop(self) -> None:
        """Ask it to end, as a service manager would, and wait for it."""
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(STOPS_WITHIN)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process = None

    def kill(self) -> None:
        """End it as the kernel would for want of memory."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    def troubles(self) -> list[str]:
        """Lines of its log that nobody wants to read."""
        return [line for line in self.log.read_text().splitlines() if _TROUBLE.search(line)]

    def _answers(self) -> bool:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=2)
        try:
            connection.request("GET", "/healthz")
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()


class FrontDoor:
    """What stands before the parts in production: sends sockets for /live to the hub, the rest on.

    It looks at the first line of each connection only, which is enough: a browser opens a
    connection of its own for a WebSocket.
    """

    def __init__(self, port: int, pages: int, hub: int) -> None:
        self._pages, self._hub = pages, hub
        self._listener = socket.create_server(("127.0.0.1", port))
        threading.Thread(target=self._receive, daemon=True).start()

    def close(self) -> None:
        """Let nobody in any more."""
        self._listener.close()

    def _receive(self) -> None:
        with contextlib.suppress(OSError):  # the listener was closed
            while True:
                visitor, _ = self._listener.accept()
                threading.Thread(target=self._lead, args=(visitor,), daemon=True).start()

    def _lead(self, visitor: socket.socket) -> None:
        with visitor, contextlib.suppress(OSError):
            first = visitor.recv(65536)
            port = self._hub if first.startswith(b"GET /live HTTP/") else self._pages
            with socket.create_connection(("127.0.0.1", port)) as part:
                part.sendall(first)
                back = threading.Thread(target=_pour, args=(part, visitor), daemon=True)
                back.start()
                _pour(visitor, part)
                back.join()


def _pour(source: socket.socket, target: socket.socket) -> None:
    with contextlib.suppress(OSError):  # one of both has gone away
        while data := source.recv(65536):
            target.sendall(data)
    for end in (source, target):
        with contextlib.suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)


@contextlib.contextmanager
def one_process(log: Path, **environment: str) -> Iterator[str]:
    """Run `hallway run` and yield its address; its log must hold no error at the end."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    part = Part(["run"], port, log, {"HALLWAY_BASE_URL": address, **environment})
    part.start()
    try:
        yield address
    finally:
        part.stop()
    assert not part.troubles(), log.read_text()
