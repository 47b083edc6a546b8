"""`hallway restored`: to be run once after a backup was put back by other means."""

import argparse

from hallway.cli.naming import add_command


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = add_command(
        commands,
        "restored",
        "run once after a backup was put back without hallway restore: all sign in again",
    )
    parser.set_defaults(func=restored)


def restored(parsed: argparse.Namespace) -> int:
    """Give the journal a new life and end every session and link of the past."""
    name, ended = begin_anew_for_all()
    print(f"The journal begins anew ({name}); {ended} sessions ended.")
    return 0


def begin_anew_for_all() -> tuple[str, int]:
    """Do so; returns the journal's new name and how many sessions ended."""
    from hallway.accounts.models import FirstLink, Invitation, ResetLink, Session
    from hallway.core.writing import writing
    from hallway.journal.restoring import begin_anew
    from hallway.outbox.actions import forget_all
    from hallway.outside.actions import begin_anew as begin_digests_anew

    with writing():
        name = begin_anew()
        ended, _ = Session.objects.all().delete()
        # A backup brings back links that were used or withdrawn since.
        for links in (FirstLink, Invitation, ResetLink):
            links.objects.all().delete()
        # It also brings back mails that were sent since.
        forget_all()
        begin_digests_anew()
    return name, ended
