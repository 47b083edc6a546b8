"""The process that parses pictures has given up what an attacker inside it would want."""

from __future__ import annotations

import os
import runpy
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from hallway.core import images

CHILD = Path(images.__file__).with_name("child.py")

PROBE = f"""
import runpy, socket, os
child = runpy.run_path({str(CHILD)!r})
child["limit_resources"]()
child["leave_network_and_user"]()
def tried(deed):
    try:
        deed()
    except (OSError, MemoryError) as failed:
        return type(failed).__name__
    return "done"
print(tried(lambda: bytearray(600 * 1024 * 1024)))
print(tried(lambda: open("/etc/passwd")))
print(tried(lambda: socket.create_connection(("127.0.0.1", PORT), 2)))
print(os.geteuid())
"""


@pytest.fixture(scope="module")
def told() -> list[str]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        probe = PROBE.replace("PORT", str(server.getsockname()[1]))
        done = subprocess.run(
            [sys.executable, "-I", "-c", probe],
            capture_output=True,
            text=True,
            timeout=30,
            check=True,
        )
    return done.stdout.split()


def test_memory_is_bounded(told: list[str]) -> None:
    assert told[0] == "MemoryError"


def test_no_file_can_be_opened(told: list[str]) -> None:
    assert told[1] == "OSError"


def test_nothing_can_be_reached(told: list[str]) -> None:
    assert told[2] in ("OSError", "ConnectionRefusedError")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has another user to become")
def test_root_becomes_nobody(told: list[str]) -> None:
    assert told[3] == "65534"


def test_the_child_knows_nothing_of_django() -> None:
    assert "django" not in CHILD.read_text().lower()
    assert runpy.run_path(str(CHILD))["MEMORY"] == 512 * 1024 * 1024
