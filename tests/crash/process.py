"""Hallway in a process of its own that can be killed and is back within a moment.

A mother process has loaded everything and forks the server on demand, so that fifty deaths take a
minute; the server is what `hallway run` runs, without the migrations.
"""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]


def free_port() -> int:
    """A port that nobody listens on at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """One server at a time, on one port."""

    def __init__(self, mother: "subprocess.Popen[str]", port: int) -> None:
        self._mother = mother
        self.port = port
        self.pid = 0

    def start(self) -> None:
        """Start a server; it answers soon."""
        assert self._mother.stdin
        assert self._mother.stdout
        self._mother.stdin.write(f"{self.port}\n")
        self._mother.stdin.flush()
        self.pid = int(self._mother.stdout.readline())

    def kill(self) -> None:
        """End it as a power switch does; the mother waits for the body."""
        assert self._mother.stdout
        os.kill(self.pid, signal.SIGKILL)
        assert self._mother.stdout.readline().split() == ["dead", str(self.pid)]
        self.pid = 0


@contextmanager
def server(environment: Mapping[str, str], port: int) -> Iterator[Server]:
    """A mother with these settings; ends whatever it started."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.crash.process"],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as mother:
        held = Server(mother, port)
        try:
            yield held
        finally:
            if held.pid:
                held.kill()
            assert mother.stdin
            mother.stdin.close()


def _mother() -> None:
    """Fork a server for each port that is asked for, and wait until it has died."""
    import django

    django.setup()
    from hallway.cli.run import serve_all

    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            sys.exit(serve_all("127.0.0.1", int(line)))
        print(child, flush=True)
        os.waitpid(child, 0)
        print("dead", child, flush=True)


if __name__ == "__main__":
    _mother()
