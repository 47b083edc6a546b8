"""A private PostgreSQL that lives as long as its caller, whatever way the caller ends.

`with postgresql() as url:` starts this module as a guard in a process of its own. The guard holds
the server and the read end of a pipe; when the caller closes the pipe, or dies, the guard stops the
server and removes its folder. From a shell, run a command beside such a server with

    python -m tests.databases.postgresql COMMAND ARGUMENTS…

which finds the address in HALLWAY_DATABASE_URL.
"""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tests.folders import quick

OWNER = "hallway"
# Trust, because only those who may enter the folder reach the socket.
CLUSTER = "--auth trust --encoding UTF8 --locale C.UTF-8 --no-sync --no-instructions"
PATIENCE = 60.0  # seconds until a server that does not answer counts as broken

# A crash of the machine may lose a test run, so nothing waits for the disk.
HASTY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class PostgresqlError(Exception):
    """PostgreSQL is not installed or did not start; the text says what to do."""


@contextmanager
def postgresql(*, durable: bool = False) -> Iterator[str]:
    """Run a private server and yield the address of an empty database in it.

    With `durable` it waits for the disk as in production; measurements and crash tests ask for it.
    The address has the form of HALLWAY_DATABASE_URL; the role in it may create databases.
    Raises PostgresqlError if there is no PostgreSQL or it does not start.
    """
    guard = subprocess.Popen(
        [sys.executable, "-m", "tests.databases.postgresql", "--guard", *(["--durable"] * durable)],
        cwd=Path(__file__).parents[2],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        # Ctrl+C goes to the caller alone, who may still need the server while ending.
        start_new_session=True,
    )
    assert guard.stdin is not None
    assert guard.stdout is not None
    try:
        url = guard.stdout.readline().strip()
        if not url:
            raise PostgresqlError("PostgreSQL did not start; the reason is written above.")
        yield url
    finally:
        guard.stdin.close()
        guard.wait()
        guard.stdout.close()


def programs() -> Path:
    """Return the folder of the newest PostgreSQL programs; raises PostgresqlError if none."""
    installed = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parts[-3])
    )
    if installed:
        return installed[-1].parent
    on_path = shutil.which("postgres")
    if on_path:
        return Path(on_path).resolve().parent
    raise PostgresqlError("There is no PostgreSQL here. On Debian: sudo apt install postgresql")


def _guard(*, durable: bool) -> None:
    """Run a server until the pipe on standard input closes; print its address once it answers."""
    # Sockets have short paths only, and everybody can enter /tmp, unlike many a TMPDIR.
    place = "/tmp" if durable else quick() or "/tmp"
    folder = Path(tempfile.mkdtemp(prefix="hallway-postgresql-", dir=place))
    server = None
    try:
        server = _start(folder, durable=durable)
        _create_database(folder, server)
        print(f"postgresql://{OWNER}@/{OWNER}?host={folder}", flush=True)
        sys.stdin.read()
    finally:
        if server is not None:
            # The fast way: a server with open connections ends as well.
            server.send_signal(signal.SIGINT)
            server.wait()
        shutil.rmtree(folder)


def _start(folder: Path, *, durable: bool) -> subprocess.Popen[bytes]:
    """Make a cluster in the folder and start its server; a log file lies beside it."""
    user = _unprivileged_user()
    if user is not None:
        shutil.chown(folder, user)
    bin_folder = programs()
    data = folder / "data"
    settings = {
        "listen_addresses": "",
        "unix_socket_directories": str(folder),
        "max_connections": "200",
        "max_prepared_transactions": "10",
        "timezone": "UTC",
        **({} if durable else HASTY),
    }
    made = subprocess.run(
        [bin_folder / "initdb", "--pgdata", data, *f"--username {OWNER} {CLUSTER}".split()],
        user=user,
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    if made.returncode != 0:
        raise PostgresqlError(f"initdb failed:\n{made.stderr}")
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(
            [
                bin_folder / "postgres",
                *("-D", data),
                *(f"--{name}={value}" for name, value in settings.items()),
            ],
            user=user,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )


def _create_database(folder: Path, server: subprocess.Popen[bytes]) -> None:
    """Create the database as soon as the server answers."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            with psycopg.connect(
                host=str(folder), user=OWNER, dbname="postgres", autocommit=True
            ) as connection:
                connection.execute(f'CREATE DATABASE "{OWNER}"')
                return
        except psycopg.OperationalError as error:
            if server.poll() is not None or time.monotonic() > deadline:
                log = (folder / "log").read_text(errors="replace")
                raise PostgresqlError(f"PostgreSQL does not answer:\n{log}") from error
            time.sleep(0.02)


def _unprivileged_user() -> str | None:
    """Return whom to run as: PostgreSQL refuses root; anybody else runs it as themselves."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def _run_beside(command: list[str], *, durable: bool) -> int:
    """Run the command with a server beside it and return the command's exit code."""
    with postgresql(durable=durable) as url:
        environment = {**os.environ, "HALLWAY_DATABASE_URL": url}
        return subprocess.run(command, env=environment, check=False).returncode


def main(arguments: list[str]) -> int:
    """Be the guard, or run a command beside a server; returns the exit code."""
    durable = "--durable" in arguments[:2]
    try:
        if arguments[:1] == ["--guard"]:
            # Whoever wants the guard gone closes the pipe; signals must not cut the tidying short.
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
            _guard(durable=durable)
            return 0
        command = [argument for argument in arguments if argument != "--durable"]
        if not command:
            print(__doc__, file=sys.stderr)
            return 2
        return _run_beside(command, durable=durable)
    except PostgresqlError as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
