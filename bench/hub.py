"""How much it costs to tell one frame to all open screens, against a bare loop of send().

Starts the hub with N screens on one topic, held by a second process over real sockets, and
measures in the same run, in turns:

- last: milliseconds from the hand-over of a deed to the exchange until the last screen has it;
- cost: processor time of the hub for each screen, divided by that of a bare loop which sends the
  same bytes over the same sockets;
- memory: what an idle, subscribed screen adds to the hub's resident memory.

    python -m bench.hub [screens] [rounds]
"""

import asyncio
import gc
import json
import os
import select
import socket
import statistics
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

MOST_COST = 1.3
MOST_MEMORY = 20.0  # KB
FRAME = 1024  # bytes of HTML
ORIGIN = "https://bench.example.com"
COOKIE = "session"
KEY = "bench-session-key"
TOPIC = "space:1"


def run(screens: int = 10_000, rounds: int = 15) -> dict[str, float]:
    """Measure with `screens` screens, `rounds` times each way; returns the figures by name."""
    _set_up_django()
    from hallway.hub import app

    hub = app.Hub(
        source=_Empty(),
        draw=lambda _: [],
        gate=_Open(),
        origins={ORIGIN},
        cookie=COOKIE,
    )
    with app.listen("127.0.0.1", 0) as listener:
        port = listener.getsockname()[1]
        thread = threading.Thread(target=hub.run, args=(listener,))
        thread.start()
        crowd = None
        try:
            while not hub.is_serving:
                time.sleep(0.01)
            before = _resident()
            crowd = _Crowd(port, screens)
            time.sleep(6)  # uvicorn's keep-alive timers still hold on to the requests
            gc.collect()
            memory = (_resident() - before) / screens
            return {"screens": screens, "memory": memory, **_timings(hub, crowd, screens, rounds)}
        finally:
            if crowd is not None:
                crowd.close()
            hub.stop()
            thread.join()


def main() -> int:
    """Print a table; 0 when the targets hold."""
    numbers = [int(argument) for argument in sys.argv[1:]]
    figures = run(*numbers)
    rows = [
        ("screens", f"{figures['screens']:.0f}", ""),
        ("hub, last screen", f"{figures['last']:.0f} ms", ""),
        ("bare loop, last screen", f"{figures['bare_last']:.0f} ms", ""),
        ("hub, processor time", f"{figures['hub_cpu']:.2f} µs a screen", ""),
        ("bare loop, processor time", f"{figures['bare_cpu']:.2f} µs a screen", ""),
        ("ratio", f"{figures['cost']:.2f}", f"at most {MOST_COST}"),
        ("memory", f"{figures['memory']:.1f} KB a screen", f"at most {MOST_MEMORY:.0f} KB"),
    ]
    for name, value, target in rows:
        print(f"{name:28}{value:>22}   {target}")
    return int(figures["cost"] > MOST_COST or figures["memory"] > MOST_MEMORY)


def _timings(hub: Any, crowd: "_Crowd", screens: int, rounds: int) -> dict[str, float]:
    """Send in turns through the hub and by a bare loop, both in the loop's thread."""
    from hallway.hub.exchange import Batch
    from hallway.hub.history import Frame, Part
    from hallway.journal.position import Position

    exchange = hub.exchange
    lines = [screen.wire for screen in exchange.rooms.showing(TOPIC)]
    sockets = [line.transport.get_extra_info("socket").fileno() for line in lines]
    html = {"en": "<turbo-stream>" + "x" * FRAME + "</turbo-stream>"}
    sequence = 0

    def frame() -> Frame:
        nonlocal sequence
        sequence += 1
        return Frame(TOPIC, Position(0, sequence), None, (Part("entry-1", html),)).encode()

    def through_hub() -> None:
        made = frame()
        exchange.apply(Batch(made.position, (), (made,)))

    def bare() -> None:
        data = frame().encoded["en"]
        send = os.write
        for number in sockets:
            send(number, data)

    results: dict[str, list[tuple[float, float]]] = {"hub": [], "bare": []}
    for turn in range(2 * (rounds + 1)):
        name, act = (("hub", through_hub), ("bare", bare))[turn % 2]
        result = _one(hub, crowd, act, screens)
        if turn > 1:  # the first of each warms up
            results[name].append(result)
        time.sleep(0.1)
    hub_cpu = statistics.median(cpu for _, cpu in results["hub"])
    bare_cpu = statistics.median(cpu for _, cpu in results["bare"])
    return {
        "last": statistics.median(last for last, _ in results["hub"]) * 1000,
        "bare_last": statistics.median(last for last, _ in results["bare"]) * 1000,
        "hub_cpu": hub_cpu / screens * 1e6,
        "bare_cpu": bare_cpu / screens * 1e6,
        "cost": hub_cpu / bare_cpu,
    }


def _one(hub: Any, crowd: "_Crowd", act: Any, screens: int) -> tuple[float, float]:
    """Do `act` in the loop's thread; returns seconds to the last screen, and processor seconds."""
    done = threading.Event()
    cpu = [0.0, 0.0]

    def timed() -> None:
        cpu[0] = time.thread_time()
        act()
        # Once more around the loop, for what the transports left for later.
        asyncio.get_running_loop().call_soon(after)

    def after() -> None:
        cpu[1] = time.thread_time()
        done.set()

    crowd.expect(screens)
    start = time.monotonic()
    hub.loop.call_soon_threadsafe(timed)
    last = crowd.last()
    done.wait()
    return last - start, cpu[1] - cpu[0]


class _Crowd:
    """The process that holds the other ends; speaks lines of JSON over pipes."""

    def __init__(self, port: int, screens: int) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bench.hub", "--crowd", str(port), str(screens)],
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


def _crowd(port: int, screens: int) -> None:
    """Be the crowd: connect, subscribe, and tell when all have heard each frame."""
    _set_up_django()
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
        one.sendall(_masked(json.dumps({"ticket": ticket}).encode()))
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
    one.sendall(
        f"GET /live HTTP/1.1\r\nHost: bench\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        f"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
        f"Origin: {ORIGIN}\r\nCookie: {COOKIE}={KEY}\r\n\r\n".encode()
    )
    answer = b""
    while not answer.endswith(b"\r\n\r\n"):
        answer += one.recv(4096)
    if not answer.startswith(b"HTTP/1.1 101"):
        raise RuntimeError(answer.decode())


def _masked(payload: bytes) -> bytes:
    """A client's text frame with the mask of zeros."""
    return struct.pack("!BBH", 0x81, 0x80 | 126, len(payload)) + b"\x00\x00\x00\x00" + payload


class _Empty:
    """A journal in which nothing happens; frames are handed to the exchange directly."""

    def start(self) -> Any:
        from hallway.journal.position import START

        return START

    def incarnation(self) -> str:
        return "bench"

    def read(self, _after: Any) -> Sequence[Any]:
        return ()

    def wait(self, timeout: float) -> bool:
        time.sleep(timeout)
        return False

    def recover(self) -> None: ...

    def close(self) -> None: ...


class _Open:
    """A gate that lets everybody see everything; the database is measured elsewhere."""

    def admit(self, claims: Any) -> Any:
        from hallway.hub.admission import Admission

        return Admission(claims.topics, alive=True)

    def close(self) -> None: ...


def _resident() -> float:
    """Resident memory of this process in KB."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return float(line.split()[1])
    raise RuntimeError("no VmRSS")


def _set_up_django() -> None:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hallway.settings")
    os.environ.setdefault("HALLWAY_DATA", str(Path("/tmp") / f"hallway-bench-{os.getuid()}"))  # noqa: S108
    django.setup()


if __name__ == "__main__":
    if sys.argv[1:2] == ["--crowd"]:
        _crowd(int(sys.argv[2]), int(sys.argv[3]))
    else:
        sys.exit(main())
