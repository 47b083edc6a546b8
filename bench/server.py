"""Start a web server as `hallway web` does and measure what a request costs its process."""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")
ROOT = Path(__file__).parents[1]

_SERVE = """
import sys
from granian.constants import Interfaces
from granian.server import Server
Server(sys.argv[1], address="127.0.0.1", port=int(sys.argv[2]), interface=Interfaces.ASGINL,
       workers=1, log_access=False, log_enabled=False, websockets=False).serve()
"""


@contextmanager
def serving(target: str, environment: dict[str, str]) -> Iterator["Served"]:
    """Serve the ASGI application `target` (module:name) with one worker until the block ends."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-c", _SERVE, target, str(port)],
        env={**os.environ, **environment},
        cwd=ROOT,
    )
    try:
        served = Served(process.pid, port)
        served.wait()
        yield served
    finally:
        process.terminate()
        process.wait(timeout=20)


class Served:
    """A running server; `pid` is its supervisor, whose children answer."""

    def __init__(self, pid: int, port: int) -> None:
        self.pid = pid
        self.port = port

    def wait(self) -> None:
        """Block until it accepts connections. Raises TimeoutError after 30 seconds."""
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
            except OSError:
                time.sleep(0.1)
            else:
                return
        raise TimeoutError("the server did not start")

    def cpu(self) -> float:
        """Seconds of processor time that the server has used so far, all its processes."""
        return sum(cpu_of(pid) for pid in tree(self.pid))

    def get(self, headers: Sequence[dict[str, str]], count: int) -> tuple[float, list[float]]:
        """Send `count` requests for the home page, taking turns with `headers`.

        Returns server CPU seconds per request and the seconds each took, in order.
        Raises RuntimeError unless each is answered with 200.
        """
        client = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        times = []
        before = self.cpu()
        for number in range(count):
            start = time.perf_counter()
            client.request("GET", "/", headers=headers[number % len(headers)])
            answer = client.getresponse()
            body = answer.read()
            times.append(time.perf_counter() - start)
            if answer.status != 200 or not body:
                raise RuntimeError(f"answered {answer.status}")
        client.close()
        return (self.cpu() - before) / count, times


def cpu_of(pid: int) -> float:
    """Seconds of processor time of one process; 0 if it has ended."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / TICK


def tree(pid: int) -> list[int]:
    """A process and all that descend from it."""
    children: dict[int, list[int]] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                fields = (folder / "stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            children.setdefault(int(fields[1]), []).append(int(folder.name))
    found = [pid]
    for one in found:
        found += children.get(one, [])
    return found
