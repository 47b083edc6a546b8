"""The other ends of a hall full of people who vote in one burst: `python -m bench.voters PORT`.

Reads one line of JSON (what is to be known of the hall), tells when all are in, votes when told
to, and answers with one line of JSON: what was acknowledged, when.
"""

import json
import os
import re
import select
import socket
import sys
import time
from collections.abc import Callable
from typing import Any

from bench.crowd import set_up_django

ACK = re.compile(rb'"ack":"(\d+)","outcome":"(\w+)"')
LONGEST_ACK = 60  # bytes of one that may have come in part
PING, PONG = b"\x89\x00", b"\x8a\x80\x00\x00\x00\x00"
PATIENCE_SECONDS = 90

Hear = Callable[[int, bytes], None]


def main(port: int) -> int:
    """Be the voters."""
    set_up_django()
    from hallway.hub.app import raise_file_limit
    from hallway.simulation.wire import masked

    raise_file_limit()
    hall = json.loads(sys.stdin.readline())
    voters = Voters(port, hall)
    print(json.dumps(voters.come()), flush=True)
    for line in sys.stdin:
        order = json.loads(line)
        messages = [
            masked(json.dumps(_wish(hall, number, order["on"])).encode())
            for number in range(len(hall["keys"]))
        ]
        print(json.dumps(voters.vote(messages)), flush=True)
    return 0


def _wish(hall: dict[str, Any], number: int, on: bool) -> dict[str, Any]:
    questions = hall["questions"]
    question = questions[number % len(questions)]
    return {"hall": hall["hall"], "vote": question, "on": on, "key": str(number)}


class Voters:
    """Their sockets, in the order of their keys."""

    def __init__(self, port: int, hall: dict[str, Any]) -> None:
        self._port, self._hall = port, hall
        self._poll = select.epoll()
        self._sockets: list[socket.socket] = []
        self._numbers: dict[int, int] = {}
        self._rest: dict[int, bytes] = {}

    def come(self) -> float:
        """Connect all and show their tickets; returns the seconds until all were admitted."""
        from hallway.accounts.models import session_hash
        from hallway.hub.tickets import mint
        from hallway.journal.position import Position
        from hallway.simulation.wire import handshake, masked, shaken

        began = time.monotonic()
        waiting: set[int] = set()

        def hear(file: int, data: bytes) -> None:
            if b'"ready"' in data:
                waiting.discard(file)

        hall, topics = self._hall, [f"hall:{self._hall['hall']}", f"space:{self._hall['space']}"]
        now = Position.parse(hall["position"])
        for number, (person, key) in enumerate(hall["keys"]):
            one = socket.socket()
            one.bind((f"127.0.0.{2 + number // 5000}", 0))
            one.connect(("127.0.0.1", self._port))
            one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            one.sendall(handshake("bench", hall["origin"], f"{hall['cookie']}={key}"))
            answer = b""
            while shaken(answer) is None:
                answer += one.recv(4096)
            ticket = mint(person, session_hash(key), topics, now, "en", hall["incarnation"])
            one.sendall(masked(json.dumps({"ticket": ticket}).encode()))
            self._sockets.append(one)
            self._numbers[one.fileno()] = number
            waiting.add(one.fileno())
            self._poll.register(one.fileno(), select.EPOLLIN)
            # Those who came before are asked meanwhile whether they are still there.
            self._read_once(0, hear)
        self._read(waiting, hear)
        return time.monotonic() - began

    def vote(self, messages: list[bytes]) -> dict[str, Any]:
        """Send one message from each screen at once; returns the latencies of what came back."""
        sent, acknowledged, outcomes = [0.0] * len(messages), list[float](), dict[str, int]()
        began = time.monotonic()
        for number, message in enumerate(messages):
            sent[number] = time.monotonic()
            self._sockets[number].sendall(message)
        spoken = time.monotonic() - began
        waiting = set(self._numbers)

        def hear(file: int, data: bytes) -> None:
            whole = self._rest.get(file, b"") + data
            self._rest[file] = whole[-LONGEST_ACK:]
            found = ACK.search(whole)
            if found and file in waiting:
                waiting.discard(file)
                self._rest[file] = b""
                acknowledged.append(time.monotonic() - sent[int(found[1])])
                outcome = found[2].decode()
                outcomes[outcome] = outcomes.get(outcome, 0) + 1

        self._read(waiting, hear)
        last = time.monotonic() - began
        return {"last": last, "spoken": spoken, "acks": sorted(acknowledged), "outcomes": outcomes}

    def _read(self, waiting: set[int], hear: Hear) -> None:
        end = time.monotonic() + PATIENCE_SECONDS
        while waiting and time.monotonic() < end:
            self._read_once(5, hear)

    def _read_once(self, seconds: float, hear: Hear) -> None:
        for file, _ in self._poll.poll(seconds):
            data = os.read(file, 65536)
            if not data:
                raise RuntimeError("a screen was closed")
            if PING in data:
                os.write(file, PONG)
            hear(file, data)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
