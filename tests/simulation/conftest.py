"""A company for simulations beside the one of the tests: its own folder, database and server."""

import os
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

from hallway.simulation.server import COMMAND

Simulate = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def database(django_db_setup: None) -> Iterator[str]:
    """The address of an empty database on PostgreSQL; "" on SQLite, which lies in the folder.

    Asks for the database of the tests only to be run on both kinds of it.
    """
    url = os.environ.get("HALLWAY_DATABASE_URL", "")
    if not url:
        yield ""
        return
    parts = urlsplit(url)
    server, name = urlunsplit(parts._replace(path="/postgres")), f"play_{uuid.uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')  # type: ignore[call-overload]
        yield urlunsplit(parts._replace(path=f"/{name}"))
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')  # type: ignore[call-overload]


@pytest.fixture
def simulate(tmp_path: Path) -> Simulate:
    """Run `hallway simulate …` in a folder of its own, with no setting but those given."""

    def run(*arguments: str, **settings: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-c", COMMAND, "simulate", *arguments],
            env={**clean(), **settings},
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=120,
        )

    return run


def clean() -> dict[str, str]:
    """The environment without settings of Hallway."""
    return {name: value for name, value in os.environ.items() if not name.startswith("HALLWAY_")}
