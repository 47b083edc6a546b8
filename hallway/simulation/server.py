"""An instance of its own for one simulation: made up in a new folder, run on a free port."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

COMMAND = "import sys; from hallway.cli import main; sys.exit(main())"
START_SECONDS = 60.0
STOP_SECONDS = 20.0
INTERRUPTED_SECONDS = 3.0


class NotStarted(Exception):
    """The instance did not start; the text says why."""


def free_port() -> int:
    """A port that nobody listens on at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(folder: Path, port: int, database: str) -> dict[str, str]:
    """The settings of the instance: never the database or the mail of a real Hallway."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HALLWAY_")}
    made = {
        "HALLWAY_DATA": str(folder),
        "HALLWAY_BASE_URL": f"http://localhost:{port}",
        "HALLWAY_COMPANY": "Simulated company",
    }
    if database:
        made["HALLWAY_DATABASE_URL"] = database
    return kept | made


def command(settings: Mapping[str, str], *arguments: str) -> int:
    """Run `hallway` with these arguments and settings; returns its exit status."""
    process = subprocess.Popen(_line(arguments), env=dict(settings))  # noqa: S603 - ourselves
    try:
        return process.wait()
    except KeyboardInterrupt:
        # In a terminal it was interrupted as well, and tidies up; elsewhere it has to be told.
        _end(process, INTERRUPTED_SECONDS, signal.SIGTERM)
        _end(process, STOP_SECONDS, signal.SIGKILL)
        raise


@contextmanager
def running(settings: Mapping[str, str], port: int, log: Path) -> Iterator[int]:
    """Run the instance while the block runs; yields its process id. Raises NotStarted."""
    with log.open("wb") as file:
        process = subprocess.Popen(  # noqa: S603 - ourselves
            _line(("run", "--port", str(port))),
            env=dict(settings),
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=subprocess.STDOUT,
            # Ctrl+C ends the simulation, and that ends the instance.
            start_new_session=True,
        )
    try:
        _wait(process, port, log)
        yield process.pid
    finally:
        process.terminate()
        _end(process, STOP_SECONDS, signal.SIGKILL)


def _end(process: "subprocess.Popen[bytes]", seconds: float, last: signal.Signals) -> None:
    """Give the process so many seconds to end; then it is sent the signal `last`."""
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.send_signal(last)
        if last is signal.SIGKILL:
            process.wait()


def used(pid: int) -> dict[str, float]:
    """What a process has used so far: processor seconds, and the most memory; {} if it is gone."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        status = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return {}
    peak = next((line.split()[1] for line in status if line.startswith("VmHWM:")), "0")
    seconds = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return {"cpu_seconds": seconds, "peak_memory_mb": int(peak) / 1024}


def _wait(process: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise NotStarted(f"The instance did not start: {log.read_text('utf-8', 'replace')[-400:]}")


def _line(arguments: Sequence[str]) -> list[str]:
    return [sys.executable, "-c", COMMAND, *arguments]
