"""How much text one rendering may be given, so that its time is bounded."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

MAX_SOURCE = 20_000
"""Characters in one post or comment."""

CHARACTERS_PER_LINE = 10
"""A text may have one line for every so many characters it may have: 2,000 lines in a post."""

CHARACTERS_PER_MARK = 5
"""Above one mark for every so many permitted characters a text is shown as it was typed."""

MAX_CELLS = 4_000
"""Cells of tables in one text; the rows after them are shown as lines."""

MAX_REFERENCES = 500
"""People, tags and bare addresses that become links in one text; later ones stay words."""

MAX_DEPTH = 16
"""Levels of quotations, lists and emphasis inside each other."""

MAX_URL = 2_000
"""Characters in the address of a link."""


class TextTooLong(ValueError):
    """The text has more characters or lines than permitted; `sentence` says so to the person."""

    def __init__(self, sentence: str | Promise) -> None:
        super().__init__(sentence)
        self.sentence = sentence

    def __str__(self) -> str:
        return str(self.sentence)


def require_bounded(source: str, max_length: int) -> None:
    """Raise TextTooLong if `source` has more than `max_length` characters or a tenth as many lines.

    Both are counted before anything is parsed; lines are bounded because every line costs
    a block parser far more than its characters do.
    """
    if len(source) > max_length:
        raise TextTooLong(
            format_lazy(
                gettext_lazy("This text has {length} characters. It can have at most {limit}."),
                length=len(source),
                limit=max_length,
            )
        )
    most_lines = max(1, max_length // CHARACTERS_PER_LINE)
    lines = source.count("\n") + 1
    if lines > most_lines:
        raise TextTooLong(
            format_lazy(
                gettext_lazy("This text has {length} lines. It can have at most {limit}."),
                length=lines,
                limit=most_lines,
            )
        )
