"""`hallway restore`: bring a backup back into an empty data folder and an empty database."""

import argparse
from pathlib import Path

from hallway.cli.migrate import migrate
from hallway.cli.naming import add_command
from hallway.cli.restored import begin_anew_for_all, erase_again_whoever_was_erased


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = add_command(
        commands, "restore", "bring a backup into an empty data folder and an empty database"
    )
    parser.add_argument("file", type=Path, help="what hallway backup has written")
    parser.set_defaults(func=restore)


def restore(parsed: argparse.Namespace) -> int:
    """Restore, bring the tables to the present form, and end what was open in the past."""
    from hallway.backup.restoring import restored_from

    with restored_from(parsed.file.absolute()) as manifest:
        migrate()
        _name, ended = begin_anew_for_all()
        erased = erase_again_whoever_was_erased()
    print(
        f"Restored as of {manifest.made} (Hallway {manifest.hallway}):"
        f" {sum(manifest.rows.values())} rows and {manifest.files} files."
        f" {ended} sessions and all links ended. {erased} Hallway can be started."
    )
    return 0
