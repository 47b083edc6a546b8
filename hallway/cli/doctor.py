"""`hallway doctor`: check configuration, database, storage, mail and clock; say what to do."""

import argparse
import os
import secrets
import shutil
import smtplib
import time
from collections.abc import Callable
from typing import cast

from django.conf import settings
from django.core.files.storage import storages
from django.core.mail import get_connection
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from rich.console import Console
from rich.markup import escape

from hallway.cli.naming import add_command

Finding = tuple[bool, str]


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = add_command(commands, "doctor", "check the installation and say what to do")
    parser.set_defaults(func=doctor)


def doctor(parsed: argparse.Namespace) -> int:
    """Print one line per finding; the exit status is 1 if something needs doing."""
    console = Console(highlight=False)
    well = True
    checks: tuple[Callable[[], Finding], ...] = (
        configuration,
        database,
        migrations,
        administrator,
        storage,
        *([objects] if settings.CONFIG.storage is not None else []),
        mail,
        outbox,
        clock,
    )
    for check in checks:
        good, sentence = check()
        well = well and good
        mark = "[green]ok [/]" if good else "[yellow]do [/]"
        # One line each, however narrow the screen, so that logs can be searched.
        line = escape(" ".join(sentence.split()))
        console.print(f"{mark} {line}", soft_wrap=True)
    return 0 if well else 1


def configuration() -> Finding:
    """Settings that are right but unwise for real use."""
    config = settings.CONFIG
    local = config.host in ("localhost", "127.0.0.1", "::1")
    if not local and not config.is_secure:
        return (
            False,
            f"Settings: {config.base_url} is not https; passwords would travel in the open.",
        )
    if not local and config.trusted_proxies == 0:
        return (
            False,
            "Settings: https needs a proxy in front, but HALLWAY_TRUSTED_PROXIES is 0, so all"
            " people count as one client: a few wrong passwords lock everybody out. Set it to 1.",
        )
    return (
        True,
        f"Settings: Hallway of {config.company} at {config.base_url}, data in {config.data}.",
    )


def database() -> Finding:
    """Whether the database answers and is safe against power cuts."""
    try:
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                cursor.execute("PRAGMA synchronous")
                level = cursor.fetchone()[0]
                cursor.execute("PRAGMA quick_check(1)")
                if (verdict := cursor.fetchone()[0]) != "ok":
                    return False, f"Database: damaged ({verdict}). Restore the last backup."
                if level < 2:
                    return False, "Database: synchronous is not FULL; a power cut can lose writes."
                return True, "Database: SQLite answers, is whole and syncs every commit."
            cursor.execute("SHOW synchronous_commit")
            if cursor.fetchone()[0] == "off":
                return False, "Database: set synchronous_commit to on, or crashes lose writes."
            cursor.execute("SHOW server_version")
            return True, f"Database: PostgreSQL {cursor.fetchone()[0]} answers."
    except DatabaseError as error:
        return False, f"Database: does not answer ({error}). Check HALLWAY_DATABASE_URL."


def migrations() -> Finding:
    """Whether the tables have the present form."""
    try:
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        return False, f"Tables: cannot be read ({error})."
    if plan:
        return False, f"Tables: {len(plan)} steps are missing. Run hallway migrate."
    return True, "Tables: up to date."


def administrator() -> Finding:
    """Whether there is somebody who can invite the others."""
    from hallway.accounts.actions.first import has_administrator

    try:
        there = has_administrator()
    except DatabaseError:
        return False, "Administrator: cannot be looked for before the tables are there."
    if not there:
        return False, "Administrator: there is none yet. Run hallway create-admin."
    return True, "Administrator: there is one who can sign in."


def storage() -> Finding:
    """Whether files can be written and there is room."""
    folder = settings.CONFIG.data
    probe = folder / f".doctor-{os.getpid()}"
    try:
        probe.write_bytes(b"x" * 4096)
        probe.unlink()
    except OSError as error:
        return False, f"Storage: {folder} cannot be written ({error.strerror})."
    if folder.stat().st_mode & 0o077:
        return False, f"Storage: others on this machine may look into {folder}. chmod 700 it."
    usage = shutil.disk_usage(folder)
    share = usage.free / usage.total
    sentence = f"Storage: {usage.free // 2**30} GiB free ({share:.0%}) at {folder}."
    return share >= 0.1, sentence if share >= 0.1 else f"{sentence} Make room soon."


def objects() -> Finding:
    """Whether the object store keeps what it is given, gives it back, and to nobody else."""
    from hallway.core.bucket import Bucket
    from hallway.core.storage import erase_stored, open_stored, store

    bucket = cast("Bucket", storages["default"])
    probe = secrets.token_bytes(4096)
    try:
        name = store(probe)
        try:
            with open_stored(name) as file:
                back = file.read()
            open_to_all = bucket.is_open_to_all(name)
        finally:
            erase_stored(name)
    except OSError as error:
        return (
            False,
            f"Files: not kept ({error.strerror}). Check HALLWAY_STORAGE_URL and the object store.",
        )
    if back != probe:
        return False, "Files: the object store gives back other bytes than it was given."
    if open_to_all:
        return False, f"Files: anybody may read them. Make the bucket {bucket.bucket} private."
    return True, f"Files: the bucket {bucket.bucket} keeps them, and nobody else may read them."


def mail() -> Finding:
    """Whether the mail server takes our name."""
    if settings.CONFIG.smtp is None:
        return True, "Mail: printed to the console. Set HALLWAY_SMTP_URL to send it."
    try:
        sender = get_connection(timeout=10)
        sender.open()
        sender.close()
    except (OSError, smtplib.SMTPException) as error:
        return False, f"Mail: the server does not take us ({error}). Check HALLWAY_SMTP_URL."
    return True, f"Mail: {settings.EMAIL_HOST} answers."


def outbox() -> Finding:
    """Whether what is to be told outside gets there."""
    from hallway.outbox.queries import state

    try:
        found = state()
    except DatabaseError:
        return False, "Outbox: cannot be looked at before the tables are there."
    said = f" The last error: {found.error}." if found.error else ""
    if found.late:
        return False, (
            f"Outbox: {found.late} mails or pushes wait since {found.since:%d %B %H:%M} UTC."
            f"{said} Is a worker running, and does the mail server take them?"
        )
    if found.failed:
        return False, f"Outbox: {found.failed} mails or pushes were given up.{said}"
    return True, "Outbox: nothing is stuck."


def clock() -> Finding:
    """Whether this machine and the database agree on the time."""
    if connection.vendor == "sqlite":
        year = time.gmtime().tm_year
        return 2026 <= year < 2100, f"Clock: the year is {year}."
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT extract(epoch FROM clock_timestamp())")
            skew = abs(float(cursor.fetchone()[0]) - time.time())
    except DatabaseError:
        return False, "Clock: cannot be compared, the database does not answer."
    if skew > 2:
        return False, f"Clock: {skew:.0f} s apart from the database's. Use time synchronisation."
    return True, "Clock: agrees with the database's."
