"""How a command gets its name, and one sentence that both the list and its own help show."""

import argparse
from typing import Any


def add_command(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    words: str,
    **more: Any,
) -> argparse.ArgumentParser:
    """Add the command `name`, which does what `words` say; `more` is for argparse."""
    sentence = f"{words[:1].upper()}{words[1:]}."
    parser: argparse.ArgumentParser = commands.add_parser(
        name, help=words, description=sentence, **more
    )
    return parser
