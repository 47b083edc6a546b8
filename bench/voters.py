"""The other ends of a hall full of people who vote in one burst: `python -m bench.voters PORT`.

Reads one line of JSON (what is to be known of the hall), tells when all are in, votes when told
to, and answers with one line of JSON: what was acknowledged, when. If the hub goes away, they come
back and send again what was not acknowledged, as browsers do.
"""

import json
import re
import select
import socket
import sys
import time
from collections.abc import Callable
from typing import Any

from bench.crowd import set_up_django
from hallway.simulation.wire import handshake, masked

ACK = re.compile(rb'"ack":"(\d+)","outcome":"(\w+)"')
READY = re.compile(rb'"ready":\{"p":"([0-9.]+)".*?"ticket":"([^"]+)"', re.DOTALL)
LONGEST_ACK = 60  # bytes of one that may have come in part
PING, PONG = b"\x89\x00", b"\x8a\x80\x00\x00\x00\x00"
PATIENCE_SECONDS = 90
AT_ONCE = 400  # connections under way
RETRY_SECONDS = 0.2

Hear = Callable[[int, bytes], None]
"""Takes the number of a voter, and bytes."""


def _ignore(_number: int, _data: bytes) -> None: ...


def main(port: int) -> int:
    """Be the voters."""
    set_up_django()
    from hallway.hub.app import raise_file_limit

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
    """Their sockets, in the order of their keys; each has the ticket to return with."""

    def __init__(self, port: int, hall: dict[str, Any]) -> None:
        self._port, self._hall = port, hall
        self._poll = select.epoll()
        self._sockets: list[socket.socket | None] = [None] * len(hall["keys"])
        self._numbers: dict[int, int] = {}
        self._rest: dict[int, bytes] = {}
        self._passes: list[dict[str, str]] = []

    def come(self) -> float:
        """Connect all and show their tickets; returns the seconds until all were admitted."""
        from hallway.accounts.models import session_hash
        from hallway.hub.tickets import mint
        from hallway.journal.position import Position

        began = time.monotonic()
        hall, topics = self._hall, [f"hall:{self._hall['hall']}", f"space:{self._hall['space']}"]
        now = Position.parse(hall["position"])
        self._passes = [
            {"ticket": mint(person, session_hash(key), topics, now, "en", hall["incarnation"])}
            for person, key in hall["keys"]
        ]
        self._admit(list(range(len(hall["keys"]))))
        return time.monotonic() - began

    def vote(self, messages: list[bytes]) -> dict[str, Any]:
        """Send one message from each screen at once; returns the latencies of what came back.

        Whoever loses the connection returns, and sends again what was not acknowledged.
        """
        sent, acknowledged, outcomes = [0.0] * len(messages), list[float](), dict[str, int]()
        waiting = set(range(len(messages)))

        def hear(number: int, data: bytes) -> None:
            whole = self._rest.get(number, b"") + data
            self._rest[number] = whole[-LONGEST_ACK:]
            for found in ACK.finditer(whole):
                if number in waiting:
                    waiting.discard(number)
                    self._rest[number] = b""
                    acknowledged.append(time.monotonic() - sent[number])
                    outcome = found[2].decode()
                    outcomes[outcome] = outcomes.get(outcome, 0) + 1

        began = time.monotonic()
        for number, message in enumerate(messages):
            sent[number] = time.monotonic()
            self._send(number, message)
        spoken = time.monotonic() - began
        returned = self._read(waiting, hear, messages)
        last = time.monotonic() - began
        return {
            "last": last,
            "spoken": spoken,
            "returned": returned,
            "acks": sorted(acknowledged),
            "outcomes": outcomes,
        }

    def _read(self, waiting: set[int], hear: Hear, messages: list[bytes]) -> float:
        """Until nobody waits; returns the seconds it took those who lost the hub to return."""
        end, returned = time.monotonic() + PATIENCE_SECONDS, 0.0
        while waiting and time.monotonic() < end:
            self._read_once(1, hear)
            gone = [number for number, one in enumerate(self._sockets) if one is None]
            if gone:
                began = time.monotonic()
                self._admit(gone, hear)
                returned += time.monotonic() - began
                for number in waiting.intersection(gone):
                    self._send(number, messages[number])
        return returned

    def _admit(self, numbers: list[int], hear: Hear = _ignore) -> None:
        """Let these connect and show their tickets, so many at a time, until all are admitted."""
        end = time.monotonic() + PATIENCE_SECONDS
        while numbers and time.monotonic() < end:
            group, numbers = numbers[:AT_ONCE], numbers[AT_ONCE:]
            back = self._group(group, hear)
            numbers += [number for number in group if number not in back]
            if not back:
                time.sleep(RETRY_SECONDS)

    def _group(self, group: list[int], hear: Hear) -> set[int]:
        shown: set[int] = set()
        admitted: set[int] = set()

        def listen(number: int, data: bytes) -> None:
            if number not in group or number in admitted:
                return hear(number, data)
            whole = self._rest.get(number, b"") + data
            self._rest[number] = whole
            if number not in shown and b"\r\n\r\n" in whole:
                shown.add(number)
                self._send(number, masked(json.dumps(self._passes[number]).encode()))
            ready = READY.search(whole)
            if ready:
                admitted.add(number)
                self._rest[number] = b""
                since, ticket = ready[1].decode(), ready[2].decode()
                self._passes[number] = {"ticket": ticket, "since": since}
            return None

        waiting = {number for number in group if self._connect(number)}
        end = time.monotonic() + PATIENCE_SECONDS
        while waiting - admitted and time.monotonic() < end:
            self._read_once(1, listen)
            waiting = {number for number in waiting if self._sockets[number] is not None}
        return admitted

    def _connect(self, number: int) -> bool:
        one = socket.socket()
        self._rest[number] = b""
        try:
            one.bind((f"127.0.0.{2 + number // 5000}", 0))
            one.connect(("127.0.0.1", self._port))
            one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            key, hall = self._hall["keys"][number][1], self._hall
            one.sendall(handshake("bench", hall["origin"], f"{hall['cookie']}={key}"))
        except OSError:
            one.close()
            return False
        self._sockets[number] = one
        self._numbers[one.fileno()] = number
        self._poll.register(one.fileno(), select.EPOLLIN)
        return True

    def _send(self, number: int, message: bytes) -> None:
        one = self._sockets[number]
        if one is not None:
            try:
                one.sendall(message)
            except OSError:
                self._lost(one)

    def _read_once(self, seconds: float, hear: Hear) -> None:
        for file, _ in self._poll.poll(seconds):
            number = self._numbers.get(file)
            one = None if number is None else self._sockets[number]
            if number is None or one is None:
                continue
            try:
                data = one.recv(65536)
            except OSError:
                data = b""
            if not data:
                self._lost(one)
                continue
            if PING in data:
                self._send(number, PONG)
            hear(number, data)

    def _lost(self, one: socket.socket) -> None:
        number = self._numbers.pop(one.fileno())
        self._poll.unregister(one.fileno())
        one.close()
        self._sockets[number] = None


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
