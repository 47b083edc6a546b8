"""One sentence instead of a traceback, for what the person at the keyboard can put right."""

import sys

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection
from django.db.migrations.exceptions import InconsistentMigrationHistory
from django.db.migrations.executor import MigrationExecutor

from hallway.backup.manifest import BackupRefused
from hallway.backup.restoring import cut_off
from hallway.cli.ports import PortTaken

FAILED = 2

# Commands that meet the tables as they are; `run`, `demo` and `migrate` bring them up to date.
NEED_TABLES = {"web", "hub", "worker", "create-admin", "invite", "import", "restored"}


class NotReady(Exception):
    """A command cannot begin; the text says why and what to do."""


def require_tables() -> None:
    """Raise NotReady unless the tables have the present form."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise NotReady("The tables are missing or of an earlier version. Run: hallway migrate")


def require_whole() -> None:
    """Raise NotReady where a restore has not come to its end."""
    if sentence := cut_off():
        raise NotReady(sentence)


def sentence_for(error: Exception) -> str | None:
    """Say what went wrong and what to do; None if the error is a mistake in Hallway itself."""
    if isinstance(error, (NotReady, PortTaken, BackupRefused)):
        return str(error)
    if isinstance(error, InconsistentMigrationHistory):
        return f"The tables are of a version that Hallway does not know: {error}"
    if isinstance(error, (DatabaseError, InterfaceError)):
        reason = " ".join(str(error).split())
        if connection.vendor == "sqlite":
            return f"The database {settings.DATABASES['default']['NAME']} cannot be used: {reason}."
        return f"The database cannot be used: {reason}. Is it running, HALLWAY_DATABASE_URL right?"
    if isinstance(error, OSError) and error.strerror:
        place = f"{error.filename}: " if error.filename else ""
        return f"{place}{error.strerror}."
    return None


def refuse(sentence: str) -> int:
    """Print `sentence` where errors go, and return the exit status."""
    print(f"hallway: {sentence}", file=sys.stderr)
    return FAILED
