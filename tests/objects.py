"""An object store that speaks the S3 protocol over HTTP, as a process beside the tests.

It is moto's server, kept in memory. Loading it takes a few seconds, so it is started once for a run
of tests, when the first one asks for it, and each test has a bucket of its own. From a shell, it
runs until its input ends: `python -m tests.objects`.
"""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest
from boto3.session import Session

from hallway.servers import storage_of

KEY, SECRET = "hallway", "a secret/of the+tests"
_NUMBERS = count(1)


@contextmanager
def objects() -> Iterator[str]:
    """Run a store and yield its address; it ends with the block, and with whoever started it."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.objects"],
        cwd=Path(__file__).parents[1],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )
    assert process.stdin
    assert process.stdout
    try:
        yield process.stdout.readline().strip()
    finally:
        process.stdin.close()
        process.stdout.close()
        process.wait(timeout=20)


def new_bucket(endpoint: str, prefix: str = "") -> str:
    """Make a private bucket and return the HALLWAY_STORAGE_URL that names it."""
    name = f"files-{next(_NUMBERS)}"
    client = Session(KEY, SECRET, region_name="us-east-1").client("s3", endpoint_url=endpoint)
    client.create_bucket(Bucket=name)
    client.close()
    return f"s3://{KEY}:a%20secret%2Fof%20the%2Btests@{name}{prefix}?endpoint={endpoint}"


def in_a_bucket(url: str) -> dict[str, object]:
    """The storage that the settings make of a HALLWAY_STORAGE_URL."""
    return {"BACKEND": "hallway.core.bucket.Bucket", "OPTIONS": storage_of(url)}


@pytest.fixture(scope="session")
def object_store() -> Iterator[str]:
    """The address of a running store."""
    with objects() as endpoint:
        yield endpoint


@pytest.fixture
def bucket(object_store: str) -> str:
    """The HALLWAY_STORAGE_URL of a bucket with nothing in it."""
    return new_bucket(object_store, "/company/files")


def main() -> None:
    """Serve until the input ends."""
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    print(f"http://{host}:{port}", flush=True)
    sys.stdin.read()
    server.stop()


if __name__ == "__main__":
    main()
