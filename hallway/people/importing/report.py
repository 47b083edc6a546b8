"""What an import did or would do."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils.functional import Promise

Progress = Callable[[int], None]
"""Called with the number of the line reached, now and then."""


@dataclass(frozen=True, slots=True)
class Bad:
    """A line that was not taken, or not wholly; `sentence` says which and why."""

    line: int
    sentence: str | Promise


@dataclass(slots=True)
class Report:
    """Counts of lines by what became of them, and every bad line.

    With `dry_run` nothing was written, and with `refused` neither, because strictness was asked
    for and a line is bad; the counts say what would have happened.
    """

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    new_units: int = 0
    bad: list[Bad] = field(default_factory=list)
    note: str | Promise = ""
    ignored: tuple[str, ...] = ()
    dry_run: bool = False
    refused: bool = False

    def complain(self, line: int, sentence: str | Promise) -> None:
        """Note that something is wrong with a line."""
        self.bad.append(Bad(line, sentence))
