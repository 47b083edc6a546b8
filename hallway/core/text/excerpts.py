"""Cutting plain text to a length for previews, on a word."""

from __future__ import annotations

import re

_SPACES = re.compile(r"\s+")


def excerpt(plain: str, length: int) -> str:
    """Return the beginning of `plain` on one line, at most `length` characters with its "…".

    The cut falls between words; a single word longer than half the length is cut inside.
    """
    if length < 1:
        raise ValueError("An excerpt has at least one character.")
    # White space can only shrink, so this much of the source always fills the excerpt
    # unless it is mostly white space; then the rest is not worth reading.
    line = _SPACES.sub(" ", plain[: length * 8 + 64]).strip()
    if len(line) <= length:
        return line
    head = line[: length - 1]
    if line[length - 1] != " ":
        space = head.rfind(" ")
        if space >= length // 2:
            head = head[:space]
    return head.rstrip(" ,;:–-") + "…"
