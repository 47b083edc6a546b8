"""The environment of a test run: a data folder for each worker, and the database that was chosen.

HALLWAY_TEST_DATABASE chooses the database: `sqlite` (the default) or `postgresql`.
HALLWAY_TEST_POSTGRESQL may give the address of a running server to use instead of a private one.
"""

import os
import shutil
import signal
import tempfile
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from tests.databases.postgresql import postgresql
from tests.folders import quick

KEPT = ("HALLWAY_TEST_DATABASE", "HALLWAY_TEST_POSTGRESQL")
# Django then lets the database be asked where an event loop runs, as it does beside a browser.
LIFTED = "DJANGO_ALLOW_ASYNC_UNSAFE"


def chosen_database() -> str:
    """Return `sqlite` or `postgresql`; raises ValueError for another wish."""
    wish = os.environ.get("HALLWAY_TEST_DATABASE") or "sqlite"
    if wish not in ("sqlite", "postgresql"):
        raise ValueError(f"HALLWAY_TEST_DATABASE must be sqlite or postgresql, not “{wish}”.")
    return wish


def prepare() -> ExitStack:
    """Set the variables that the settings of Hallway are read from; closing the result tidies up.

    A worker of pytest-xdist keeps its data in a folder beside that of the run that started it. On
    PostgreSQL it has a server of its own as well: the journal is read up to the oldest transaction
    of the whole server, so a long one in another worker's test would hold up the readers of this.
    """
    ending = ExitStack()
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    if worker:
        os.environ["HALLWAY_DATA"] = str(Path(os.environ["HALLWAY_DATA"]).with_name(worker))
        if chosen_database() == "postgresql":
            running = os.environ.get("HALLWAY_TEST_POSTGRESQL")
            url = running or ending.enter_context(postgresql())
            os.environ["HALLWAY_DATABASE_URL"] = _suffixed(url, f"tests_{worker}")
    else:
        # A build server that gives up says SIGTERM; end then as with Ctrl+C, tidily.
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        folder = Path(tempfile.mkdtemp(prefix="hallway-tests-", dir=quick()))
        ending.callback(shutil.rmtree, folder, ignore_errors=True)
        # Also for what pytest and the processes that tests start keep for a while.
        temporary = folder / "tmp"
        temporary.mkdir()
        os.environ["TMPDIR"] = tempfile.tempdir = str(temporary)
        # What developers have set for a Hallway of their own must not reach the tests.
        for name in [name for name in os.environ if name.startswith("HALLWAY_")]:
            if name not in KEPT:
                del os.environ[name]
        os.environ["HALLWAY_DATA"] = str(folder / "main")
        os.environ["HALLWAY_SECRET_KEY"] = "only-for-tests-" + "x" * 32
        if chosen_database() == "postgresql":
            running = os.environ.get("HALLWAY_TEST_POSTGRESQL")
            url = running or ending.enter_context(postgresql())
            # The tests throw their database away, which must not be that of somebody else.
            os.environ["HALLWAY_DATABASE_URL"] = _suffixed(url, "tests")
    os.environ["DJANGO_SETTINGS_MODULE"] = "hallway.settings"
    return ending


def _suffixed(url: str, suffix: str) -> str:
    """Return the address with another database, named after the one in it."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(path=f"{parts.path}_{suffix}"))
