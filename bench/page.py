"""The page of measured figures: each table with its day, replaced when it is measured anew."""

import os
import platform
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

PAGE = Path(__file__).parents[1] / "docs" / "performance.md"

_TITLE = re.compile(r"^## (.+)$", re.MULTILINE)


def write(measured: Mapping[str, str], order: Sequence[str], page: Path = PAGE) -> None:
    """Put the tables of `measured`, by title, into `page`; those of other titles stay.

    `order` names all titles there are; a table whose title is not among them goes.
    """
    known = _sections(page.read_text("utf-8")) if page.exists() else {}
    known |= {title: _section(table) for title, table in measured.items()}
    parts = [f"## {title}\n\n{known[title]}\n" for title in order if title in known]
    page.write_text("\n".join([_head(), *parts]), "utf-8")


def _sections(text: str) -> dict[str, str]:
    """What stands below each title."""
    _head, *parts = _TITLE.split(text)
    return {title: body.strip() for title, body in zip(parts[::2], parts[1::2], strict=True)}


def _section(table: str) -> str:
    return f"Measured on {datetime.now(UTC):%d %B %Y}.\n\n```\n{table}```"


def _head() -> str:
    machine = (
        f"{os.cpu_count()} processors ({platform.machine()}, Python {platform.python_version()})"
    )
    return f"""# Measured figures

`make bench ARGS=--write` measures all this and writes this page, `make bench ARGS="votes --write"`
one part of it. Every figure that claims something is a ratio within one run. Load generator, server
and database share one machine with {machine}.

The home stream is asked for without `Accept-Encoding`, so its figures have no compression in them.
A browser that takes gzip costs 0.2 ms more for such a page of 94 KB, which then travels as 11.
"""
