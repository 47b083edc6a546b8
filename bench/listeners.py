"""Open screens that note when they hear of each post: `python -m bench.listeners`.

Reads one line of JSON (where to go, who they are), tells when all are in, and listens until as many
have come as the next line says. The answer has for each number of a post when screens had it.
"""

import json
import os
import re
import select
import socket
import subprocess
import sys
import time
from collections import defaultdict
from typing import Any

from bench.ready import ORIGIN
from bench.server import ROOT

ENTRY = re.compile(rb"entry-(\d+)")
PATIENCE_SECONDS = 30
PING, PONG = b"\x89\x00", b"\x8a\x80\x00\x00\x00\x00"


class Listeners:
    """The process that holds the screens, or plain connections where `house` has no cookie."""

    def __init__(self, house: dict[str, Any]) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bench.listeners"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._ask(house)

    def finish(self, frames: int) -> dict[int, list[float]]:
        """Hang up after so many; returns the monotonic times at which each post was heard."""
        heard = self._ask(frames)
        self.process.wait(timeout=30)
        return {int(post): times for post, times in heard.items()}

    def _ask(self, order: Any) -> Any:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise RuntimeError("the listeners have gone home")
        return json.loads(line)


def main() -> None:
    """Be the listeners."""
    house = json.loads(sys.stdin.readline())
    if "cookie" in house:
        from bench.crowd import set_up_django

        set_up_django()
    poll = select.epoll()
    poll.register(sys.stdin.fileno(), select.EPOLLIN)
    sockets = [_connected(house, *who) for who in house["screens"]]
    for one in sockets:
        poll.register(one.fileno(), select.EPOLLIN)
    waiting = {one.fileno() for one in sockets} if "cookie" in house else set()
    while waiting:
        for file, data in _read(poll):
            if b'"ready"' in data:
                waiting.discard(file)
    print("true", flush=True)
    print(json.dumps(_heard(poll)), flush=True)


def _heard(poll: select.epoll) -> dict[int, list[float]]:
    """Listen until all has come that the next line speaks of; returns the times of each post."""
    heard: dict[tuple[int, int], float] = {}
    expected, end = 1 << 40, time.monotonic() + 3600
    while len(heard) < expected and time.monotonic() < end:
        for file, data in _read(poll):
            now = time.monotonic()
            if file == sys.stdin.fileno():
                expected, end = json.loads(data), now + PATIENCE_SECONDS
            for found in ENTRY.finditer(data):
                heard.setdefault((int(found[1]), file), now)
    times = defaultdict(list)
    for (post, _screen), moment in heard.items():
        times[post].append(moment)
    return times


def _read(poll: select.epoll) -> list[tuple[int, bytes]]:
    read = []
    for file, _ in poll.poll(1):
        data = os.read(file, 65536)
        if not data:
            raise RuntimeError("a screen was closed")
        if PING in data:
            os.write(file, PONG)
        read.append((file, data))
    return read


def _connected(house: dict[str, Any], person: int, key: str, topics: list[str]) -> socket.socket:
    one = socket.create_connection(("127.0.0.1", house["port"]))
    one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    if "cookie" not in house:
        return one
    from hallway.accounts.models import session_hash
    from hallway.hub.tickets import mint
    from hallway.journal.position import Position
    from hallway.simulation.wire import handshake, masked, shaken

    one.sendall(handshake("bench", ORIGIN, f"{house['cookie']}={key}"))
    answer = b""
    while shaken(answer) is None:
        answer += one.recv(4096)
    now = Position.parse(house["position"])
    ticket = mint(person, session_hash(key), topics, now, "en", house["incarnation"])
    one.sendall(masked(json.dumps({"ticket": ticket}).encode()))
    return one


if __name__ == "__main__":
    main()
