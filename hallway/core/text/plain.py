"""The words of parsed text, for search and previews."""

from __future__ import annotations

from markdown_it.token import Token

_ENDS_LINE = {
    "paragraph_close",
    "heading_close",
    "list_item_close",
    "blockquote_close",
    "tr_close",
    "table_close",
}


def plain_of(tokens: list[Token]) -> str:
    """Return the words of `tokens`, a line for each block or line break, cells apart by spaces."""
    parts: list[str] = []
    for token in tokens:
        if token.type == "inline":
            parts += map(_words, token.children or [])
        elif token.type in ("fence", "code_block"):
            parts += [token.content, "\n"]
        elif token.type in _ENDS_LINE:
            parts.append("\n")
        elif token.type in ("td_close", "th_close"):
            parts.append(" ")
    # Line by line, because an expression for "blanks before a line end" would be tried anew at
    # every blank of a long run of them.
    lines = (line.rstrip(" \t").lstrip() for line in "".join(parts).split("\n"))
    return "\n".join(filter(None, lines)).strip()


def _words(token: Token) -> str:
    return "\n" if token.type in ("softbreak", "hardbreak") else token.content
