"""The other ends of many screens, held by a process of its own: `python -m bench.crowd PORT N`."""

import json
import os
import select
import socket
import subprocess
import sys
import time
from pathlib import Path

import django

from hallway.simulation import wire

ORIGIN = "https://bench.example.com"
COOKIE = "session"
KEY = "bench-session-key"
TOPIC = "space:1"


class Crowd:
    """The process that holds the other ends; speaks lines of JSON over pipes."""

    def __init__(self, port: int, screens: int) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bench.crowd", str(port), str(screens)],
            cwd=Path(__file__).parent.parent,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        if self._process.stdin is None or self._process.stdout is None:
            raise RuntimeError("no pipes")
        self._say, self._hear = self._process.stdin, self._process.stdout
        self._heard()

    def expect(self, frames: int) -> None:
        """Have it count so many frames."""
        self._say.write(f"{frames}\n")
        self._say.flush()
        self._heard()

    def last(self) -> float:
        """The monotonic time at which the last of them had come."""
        return self._heard()

    def close(self) -> None:
        """Hang up."""
        self._say.close()
        self._process.wait(timeout=30)

    def _heard(self) -> float:
        line = self._hear.readline()
        if not line:
            raise RuntimeError("the crowd has gone home")
        return float(json.loads(line))


def be_crowd(port: int, screens: int) -> None:
    """Be the crowd: connect, subscribe, and tell when all have heard each frame."""
    set_up_django()
    from hallway.accounts.models import session_hash
    from hallway.hub.app import raise_file_limit
    from hallway.hub.tickets import mint
    from hallway.journal.position import Position

    raise_file_limit()
    poll = select.epoll()
    sockets: dict[int, socket.socket] = {}
    for number in range(screens):
        one = socket.socket()
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        # An address has some 28,000 ports.
        one.bind((f"127.0.0.{2 + number // 5000}", 0))
        one.connect(("127.0.0.1", port))
        _shake_hands(one)
        ticket = mint(number + 1, session_hash(KEY), [TOPIC], Position(0, 0), "en", "bench")
        one.sendall(wire.masked(json.dumps({"ticket": ticket}).encode()))
        sockets[one.fileno()] = one
        poll.register(one.fileno(), select.EPOLLIN)
    _hear(poll, sockets, screens)  # `ready`
    print(json.dumps(time.monotonic()), flush=True)
    for line in sys.stdin:
        print(json.dumps(0.0), flush=True)
        _hear(poll, sockets, int(line))
        print(json.dumps(time.monotonic()), flush=True)
    for one in sockets.values():
        one.close()


def _hear(poll: select.epoll, sockets: dict[int, socket.socket], frames: int) -> None:
    """Read until so many whole frames have come; a frame ends with a read's last brace."""
    receive = os.read
    while frames:
        for number, _ in poll.poll(30):
            data = receive(number, 8192)
            if not data:
                raise RuntimeError("a screen was closed")
            if data == b"\x89\x00":
                sockets[number].sendall(b"\x8a\x80\x00\x00\x00\x00")
            elif data[-1] == 0x7D:
                frames -= 1


def _shake_hands(one: socket.socket) -> None:
    one.sendall(wire.handshake("bench", ORIGIN, f"{COOKIE}={KEY}"))
    answer = b""
    while wire.shaken(answer) is None:
        answer += one.recv(4096)


def set_up_django() -> None:
    """Read the settings, with a folder of the bench's own."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hallway.settings")
    os.environ.setdefault("HALLWAY_DATA", str(Path("/tmp") / f"hallway-bench-{os.getuid()}"))  # noqa: S108
    django.setup()


if __name__ == "__main__":
    be_crowd(int(sys.argv[1]), int(sys.argv[2]))
