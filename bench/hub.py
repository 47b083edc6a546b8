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
import os
import statistics
import sys
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.crowd import COOKIE, ORIGIN, TOPIC, Crowd, set_up_django

MOST_COST = 1.3
MOST_MEMORY = 20.0  # KB
FRAME = 1024  # bytes of HTML


def run(screens: int = 10_000, rounds: int = 15) -> dict[str, float]:
    """Measure with `screens` screens, `rounds` times each way; returns the figures by name."""
    set_up_django()
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
            crowd = Crowd(port, screens)
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


def _timings(hub: Any, crowd: Crowd, screens: int, rounds: int) -> dict[str, float]:
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


def _one(hub: Any, crowd: Crowd, act: Any, screens: int) -> tuple[float, float]:
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


class _Empty:
    """A journal in which nothing happens; frames are handed to the exchange directly."""

    def start(self) -> Any:
        from hallway.journal.position import START

        return START

    def incarnation(self) -> str:
        return "bench"

    def read(self, _after: Any) -> Sequence[Any]:
        return ()

    def endings(self, _after: Any) -> Sequence[Any]:
        return ()

    def halls_in(self, _space: int) -> Sequence[int]:
        return ()

    def wait(self, timeout: float) -> bool:
        time.sleep(timeout)
        return False

    def recover(self) -> None: ...

    def close(self) -> None: ...


class _Open:
    """A gate that lets everybody see everything; the database is measured elsewhere."""

    def admit(self, claims: Sequence[Any]) -> Any:
        from hallway.hub.admission import Admission

        return [Admission(each.topics, alive=True) for each in claims]

    def close(self) -> None: ...


def _resident() -> float:
    """Resident memory of this process in KB."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return float(line.split()[1])
    raise RuntimeError("no VmRSS")


if __name__ == "__main__":
    sys.exit(main())
