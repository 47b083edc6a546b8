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
    erased = erase_again_whoever_was_erased()
    print(f"The journal begins anew ({name}); {ended} sessions ended. {erased}")
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


def erase_again_whoever_was_erased() -> str:
    """Do so, and give a week again to those who were about to go; returns a sentence about it."""
    from hallway.core import erasures
    from hallway.owndata.actions.erase import erase_again
    from hallway.owndata.actions.leave import begin_grace_anew

    erased = erase_again()
    begin_grace_anew()
    if not erasures.place().exists():
        return (
            f"There is no list of erased accounts ({erasures.place()}): whoever was erased since"
            " this backup is back."
        )
    return f"Accounts of the list of erased ones that were erased again: {erased}."
