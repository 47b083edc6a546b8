"""Running hubs of one installation on one port, which can be killed and started again."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from bench.server import ROOT, Served, cpu_of
from hallway.simulation.server import free_port, used


def hubs_wanted() -> int:
    """How many hubs this measurement is to run: BENCH_HUBS, else one."""
    return int(os.environ.get("BENCH_HUBS", "1"))


class Hubs:
    """`count` processes of `hallway hub` with the settings of the environment."""

    def __init__(self, count: int = 1) -> None:
        self.port = free_port()
        self._ended = 0.0
        self._running = [self._start() for _ in range(count)]
        self.wait()

    def wait(self) -> None:
        """Block until one of them takes connections. Raises TimeoutError."""
        Served(0, self.port).wait()

    def kill(self) -> None:
        """Kill one of them in the middle of what it does, and start it again at once."""
        gone = self._running.pop()
        self._ended += cpu_of(gone.pid)
        gone.send_signal(signal.SIGKILL)
        gone.wait()
        self._running.append(self._start())

    def cpu(self) -> float:
        """Seconds of processor time that they have used, those killed among them."""
        return self._ended + sum(cpu_of(each.pid) for each in self._running)

    def memory(self) -> float:
        """The most memory that one of those running has had, in MB."""
        return max(used(each.pid).get("peak_memory_mb", 0.0) for each in self._running)

    def stop(self) -> None:
        """End them."""
        for each in self._running:
            each.terminate()
        for each in self._running:
            each.wait(timeout=30)

    def _start(self) -> "subprocess.Popen[bytes]":
        # As in an installation, where modules have been compiled once.
        kept = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
        hallway = Path(sys.executable).with_name("hallway")
        return subprocess.Popen(
            [hallway, "hub", "--share", "--port", str(self.port)], cwd=ROOT, env=kept
        )


def seconds_to_serve() -> float:
    """How long a hub takes from its start until it takes connections."""
    began = time.monotonic()
    hubs = Hubs()
    took = time.monotonic() - began
    hubs.stop()
    return took
