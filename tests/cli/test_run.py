"""What `hallway run` says at its start, and where it can be found."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ELSEWHERE = "https://hallway.company.example"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def running(folder: Path, port: int, **settings: str) -> Iterator[list[str]]:
    """Start it in an empty folder and yield what it says before it serves."""
    clean = {key: text for key, text in os.environ.items() if not key.startswith("HALLWAY_")}
    program = "import sys; from hallway.cli import main; sys.exit(main())"
    process = subprocess.Popen(
        [sys.executable, "-B", "-c", program, "run", "--port", str(port)],
        env={**clean, "HALLWAY_DATA": str(folder), "PYTHONPATH": str(ROOT), **settings},
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout
    try:
        said = []
        for line in process.stdout:
            said.append(line.strip())
            if line.startswith("Hallway is open"):
                break
        yield said
    finally:
        process.terminate()
        process.wait(timeout=30)
        process.stdout.close()


@pytest.mark.parametrize(
    ("settings", "address"),
    [
        pytest.param({}, "http://localhost:{port}", id="its-port"),
        pytest.param({"HALLWAY_BASE_URL": ELSEWHERE}, ELSEWHERE, id="behind-a-proxy"),
    ],
)
def test_what_it_prints_leads_to_it(tmp_path: Path, settings: dict[str, str], address: str) -> None:
    port = free_port()
    with running(tmp_path, port, **settings) as said:
        pass
    found_at = address.format(port=port)
    assert said[-1] == f"Hallway is open: {found_at}"
    assert said[-2].startswith(f"{found_at}/accounts/first/")
