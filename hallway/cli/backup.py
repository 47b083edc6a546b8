"""`hallway backup`: save database and files into one file, while Hallway runs."""

import argparse
import time
from pathlib import Path

from hallway.cli.naming import add_command


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = add_command(
        commands, "backup", "save database and files into one file, while Hallway runs"
    )
    parser.add_argument(
        "target",
        type=Path,
        metavar="FOLDER|FILE.tar",
        help="a folder, in which the file is named after the time; or a file that is not there yet",
    )
    parser.set_defaults(func=backup)


def backup(parsed: argparse.Namespace) -> int:
    """Write the backup and say what is in it."""
    from hallway.backup.saving import save

    began = time.monotonic()
    place, manifest = save(parsed.target.absolute())
    print(
        f"{place}: {sum(manifest.rows.values())} rows and {manifest.files} files,"
        f" {place.stat().st_size / 2**20:.1f} MB in {time.monotonic() - began:.1f} s."
    )
    return 0
