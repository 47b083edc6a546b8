"""What measurements share: a database that is ready, a port, a percentile, a table."""

import os
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

ORIGIN = "http://bench.example"


def begin(folder: str) -> None:
    """Set Django up with data in `folder` and with tables, in the database of the environment."""
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "hallway.settings",
        "HALLWAY_DATA": folder,
        "HALLWAY_BASE_URL": ORIGIN,
        "HALLWAY_LIMITS": "off",
    }
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)


def beside(folder: Path, name: str) -> dict[str, str]:
    """Settings with an empty folder `name` in `folder` and, on PostgreSQL, an empty database."""
    made = {"HALLWAY_DATA": str(folder / name)}
    url = os.environ.get("HALLWAY_DATABASE_URL")
    if url:
        with psycopg.connect(url, autocommit=True) as server:
            server.execute(f'CREATE DATABASE "{name}"')
        made["HALLWAY_DATABASE_URL"] = urlunsplit(urlsplit(url)._replace(path=f"/{name}"))
    return made


def share(values: Sequence[float], part: float) -> float:
    """The value that `part` of all `values` do not exceed."""
    return sorted(values)[min(int(len(values) * part), len(values) - 1)]


def show(rows: Sequence[tuple[str, str, str]]) -> None:
    """Print name, value and target in columns."""
    for name, value, target in rows:
        print(f"{name:36}{value:>18}   {target}".rstrip())
