"""`hallway verify-anonymity`: check a town hall's questions without a name from a file alone."""

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from hallway.cli.failing import refuse

if TYPE_CHECKING:
    from hallway.townhalls.checking import Finding


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = commands.add_parser(
        "verify-anonymity",
        help="check the public numbers of a town hall (saved from /halls/…/anonymity.json)",
    )
    parser.add_argument("file", help="the saved file, or - for standard input")
    parser.set_defaults(func=verify)


def verify(parsed: argparse.Namespace) -> int:
    """Print what was found; 0 if all is well, 1 if not, 2 if the file cannot be read."""
    from hallway.townhalls.checking import NotReadable, check

    try:
        text = sys.stdin.read() if parsed.file == "-" else Path(parsed.file).read_text("utf-8")
        found = check(json.loads(text))
    except OSError as error:
        return refuse(f"{parsed.file}: {error.strerror}.")
    except (ValueError, RecursionError) as error:
        why = error if isinstance(error, NotReadable) else "it is no JSON"
        return refuse(f"{parsed.file} cannot be checked: {why}.")
    print(_told(found))
    return 1 if found.problems else 0


def _told(found: "Finding") -> str:
    lines = [
        f"Town hall {found.hall}",
        f"  key           {found.fingerprint}  (compare it with a colleague)",
        f"  people        {found.people} had tokens, {found.given} tokens in all",
        f"  spent         {found.spent}",
        f"  questions     {found.questions} without a name are to be seen",
    ]
    if found.small:
        lines.append("  Fewer than ten people may see this town hall: among so few one can guess.")
    lines += [f"  WRONG: {problem}" for problem in found.problems]
    if not found.problems:
        lines.append("All signatures and counts are right.")
    return "\n".join(lines)
