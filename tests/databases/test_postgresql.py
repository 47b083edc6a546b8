"""The private PostgreSQL answers while its caller lives, and vanishes with it."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import psycopg
import pytest

from tests.databases.postgresql import postgresql

pytestmark = pytest.mark.postgresql

CALLER = """
import time
from tests.databases.postgresql import postgresql
with postgresql() as url:
    print(url, flush=True)
    time.sleep(60)
"""


def folder_of(url: str) -> Path:
    return Path(parse_qs(urlsplit(url).query)["host"][0])


def gone_within(folder: Path, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while folder.exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    return not folder.exists()


def test_a_durable_server_waits_for_the_disk_and_leaves_nothing_behind() -> None:
    with postgresql(durable=True) as url:
        with psycopg.connect(url) as connection:
            fsync = connection.execute("SHOW fsync").fetchone()
            commit = connection.execute("SHOW synchronous_commit").fetchone()
        assert (fsync, commit) == (("on",), ("on",))
        assert folder_of(url).exists()
    assert not folder_of(url).exists()


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_a_caller_that_is_cut_off_takes_its_server_along(ending: signal.Signals) -> None:
    caller = subprocess.Popen(
        [sys.executable, "-c", CALLER],
        cwd=Path(__file__).parents[2],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert caller.stdout is not None
    with caller.stdout:
        url = caller.stdout.readline().strip()
    with psycopg.connect(url) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    os.kill(caller.pid, ending)
    caller.wait()
    assert gone_within(folder_of(url), seconds=15)
