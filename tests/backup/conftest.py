"""Commands in processes of their own, and databases that are still empty."""

from collections.abc import Callable, Iterator
from itertools import count
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest

from tests.cli.conftest import mother
from tests.databases.postgresql import postgresql
from tests.environment import chosen_database

__all__ = ["mother"]

Place = Callable[[], dict[str, str]]


@pytest.fixture(scope="session")
def _server() -> Iterator[str]:
    """A server whose transactions are nobody else's; "" where the tests are for SQLite."""
    if chosen_database() == "sqlite":
        yield ""
        return
    with postgresql() as url:
        yield url


@pytest.fixture(scope="session")
def place(_server: str, tmp_path_factory: pytest.TempPathFactory) -> Place:
    """Settings with an empty data folder and an empty database, others at every call."""
    numbers = count(1)
    folder = tmp_path_factory.mktemp("places")

    def settings() -> dict[str, str]:
        number = next(numbers)
        given = {"HALLWAY_DATA": str(folder / f"data-{number}"), "HALLWAY_LIMITS": "off"}
        if _server:
            name = f"place_{number}"
            with psycopg.connect(_server, autocommit=True) as connection:
                connection.execute(f'CREATE DATABASE "{name}"')
            given["HALLWAY_DATABASE_URL"] = urlunsplit(urlsplit(_server)._replace(path=f"/{name}"))
        return given

    return settings
