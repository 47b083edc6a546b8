"""What every test run needs: its own data folder, database, settings and browser."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django
import hypothesis
import pytest
from django.conf import settings
from django.core.cache import caches
from django.test import override_settings
from django.utils import translation

from tests.environment import LIFTED, chosen_database, prepare

# Here and not in a hook, so that every conftest and test module may import models.
ENDING = prepare()
django.setup()

pytest_plugins = ["tests.world", "tests.apart", "tests.emptying", "tests.objects"]

# Of use for root in a container as well, and silent: no test asks Google for anything.
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]

hypothesis.settings.register_profile(
    "hallway",
    deadline=None,  # the machine may be busy; a slow example is no wrong one
    derandomize=bool(os.environ.get("CI")),  # a build fails for its own change only
    suppress_health_check=[hypothesis.HealthCheck.function_scoped_fixture],
)
hypothesis.settings.load_profile("hallway")


def pytest_unconfigure() -> None:
    """Stop the private server and remove the folder of the run."""
    ENDING.close()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes() -> None:
    """Let a worker read the settings no sooner than its own environment is prepared."""
    del os.environ["DJANGO_SETTINGS_MODULE"]


def belongs(item: pytest.Item, database: str) -> bool:
    """Whether a test says anything that it would not say on the other database as well.

    What never asks the database, and what is seen in a browser, is tested once, on SQLite. Nobody
    has to say so: pytest-django refuses the database to a test that does not ask for it.
    """
    own = bool(item.get_closest_marker(database))
    if database == "sqlite":
        return own or not item.get_closest_marker("postgresql")
    if item.get_closest_marker("sqlite") or item.get_closest_marker("browser"):
        return own
    asks = "django_db_setup" in getattr(item, "fixturenames", ())
    return own or asks or bool(item.get_closest_marker("django_db"))


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what has no place on this database, and put whole files in order, slow ones first.

    Workers take file by file (`--dist=loadfile`), so that what a file founds is founded once. Those
    who take the slow ones are done with them while there is enough left to do for the others.
    """
    left_out = {item for item in items if not belongs(item, chosen_database())}
    if left_out:
        config.hook.pytest_deselected(items=list(left_out))
        items[:] = [item for item in items if item not in left_out]
    slow = {item.path for item in items if any(map(item.get_closest_marker, ("browser", "slow")))}
    place: dict[Path, int] = {}
    for number, item in enumerate(items):
        place.setdefault(item.path, number)
    items.sort(key=lambda item: (item.path not in slow, place[item.path]))


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """Test on the very database that the environment names, which is private to this worker.

    So a process that a test starts (`hallway run`) meets the rows of the test. And SQLite is a
    file in WAL mode, as in production: in memory, the threads of a live server would share one
    connection, and no test could find a lock that is held too long.
    """
    default = settings.DATABASES["default"]
    default.setdefault("TEST", {})["NAME"] = str(default["NAME"])
    if chosen_database() == "sqlite":
        # A crash of the machine may lose a test run, so nothing waits for the disk. The processes
        # that tests start, those they kill above all, wait for it as in production.
        command = default["OPTIONS"]["init_command"]
        hasty = command.replace("synchronous=FULL", "synchronous=OFF")
        assert hasty != command
        default["OPTIONS"]["init_command"] = hasty


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> Iterator[None]:
    """Hash passwords quickly: Argon2 is slow on purpose, and every test signs somebody in."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture(autouse=True)
def unlimited_past() -> None:
    """Begin with full buckets: numbers of people come again in every test."""
    from hallway.core import limits  # has a table, so no sooner than Django is set up

    limits._full_at.clear()


@pytest.fixture(autouse=True)
def nothing_drawn() -> None:
    """Begin with nothing kept: numbers of entries and people come again in every test, too."""
    from hallway.company import present  # has a table, so no sooner than Django is set up

    for name in ("cards", "acquaintances"):
        caches[name].clear()
    present.forget()


@pytest.fixture(autouse=True)
def nothing_settled() -> None:
    """Begin with a company of which nothing is settled, known for good: queries compare."""
    from hallway.company import present  # has models, so no sooner than Django is set up
    from hallway.company.models import Company

    present._keep(present._Held(Company(), float("inf")))


@pytest.fixture
def nothing_ages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep what was drawn of town halls however long a test takes, so that queries compare."""
    from hallway.townhalls import picture  # has models, so no sooner than Django is set up

    monkeypatch.setattr(picture, "SECONDS", 10**9)


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    """Begin in English: the language of a request stays in its thread when a test is over."""
    with translation.override("en"):
        yield


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Start Debian's Chromium; with pytest's `--headed` one sees it."""
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        pytest.fail("There is no Chromium here. On Debian: sudo apt install chromium")
    # Playwright keeps an event loop in this thread from here on, at which Django would balk.
    os.environ[LIFTED] = "true"
    return {
        **browser_type_launch_args,
        "executable_path": chromium,
        "args": [*browser_type_launch_args.get("args", []), *CHROMIUM_ARGUMENTS],
    }


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """Browse in English and in the time zone of the server, on a desk."""
    return {
        **browser_context_args,
        "locale": "en-GB",
        "timezone_id": "UTC",
        "viewport": {"width": 1280, "height": 900},
    }
