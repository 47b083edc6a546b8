"""What can be wrong with a table or one of its lines, with the sentence for the person."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from hallway.core.csvfile.limits import MAX_CELL


class Fault(StrEnum):
    """What can be wrong with a line, as a word for code; the sentence is in Problem."""

    CELLS = "cells"
    QUOTE = "quote"
    NUL = "nul"
    LONG = "long"
    BYTES = "bytes"


@dataclass(frozen=True, slots=True)
class Problem:
    """One bad line, which is left out."""

    line: int
    fault: Fault
    sentence: str | Promise

    def __str__(self) -> str:
        return str(self.sentence)


class CsvRefused(ValueError):
    """The file as a whole cannot be read; `sentence` tells the person why."""

    def __init__(self, sentence: str | Promise) -> None:
        super().__init__(sentence)
        self.sentence = sentence

    def __str__(self) -> str:
        return str(self.sentence)


def _at(line: int, reason: str | Promise) -> str | Promise:
    return format_lazy(gettext_lazy("Line {line}: {reason}"), line=line, reason=reason)


def too_long(line: int) -> Problem:
    """Tell that a line or one of its cells has too many characters."""
    reason = format_lazy(gettext_lazy("a cell has more than {limit} characters."), limit=MAX_CELL)
    return Problem(line, Fault.LONG, _at(line, reason))


def bad_quote(line: int) -> Problem:
    """Tell that a quotation is not closed, or goes on after its end."""
    return Problem(
        line,
        Fault.QUOTE,
        _at(line, gettext_lazy("a quotation mark has no end, or text follows its end.")),
    )


def nul(line: int) -> Problem:
    """Tell that a line contains a NUL."""
    return Problem(line, Fault.NUL, _at(line, gettext_lazy("it contains a NUL sign.")))


def undecodable_bytes(line: int) -> Problem:
    """Tell that a line contains bytes its encoding does not have."""
    return Problem(
        line, Fault.BYTES, _at(line, gettext_lazy("it contains bytes that are not text."))
    )


def wrong_width(line: int, found: int, needed: int) -> Problem:
    """Tell that a line has not as many cells as there are headings."""
    reason = format_lazy(
        gettext_lazy("it has {found} cells where the headings are {needed}."),
        found=found,
        needed=needed,
    )
    return Problem(line, Fault.CELLS, _at(line, reason))
