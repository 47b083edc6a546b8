"""`hallway migrate`: bring the database to the present form."""

import argparse

from django.conf import settings
from django.core.management import call_command

from hallway.cli.naming import add_command


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = add_command(commands, "migrate", "bring the database to the present form")
    parser.set_defaults(func=lambda parsed: migrate(verbosity=1))


def migrate(verbosity: int = 0) -> None:
    """Apply migrations, make the cache table and the space of the whole company."""
    from hallway.spaces.actions import ensure_company

    call_command("migrate", interactive=False, verbosity=verbosity)
    call_command("createcachetable", verbosity=0)
    ensure_company(settings.CONFIG.company)
