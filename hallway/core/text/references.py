"""Finding @people, #tags, e-mail and www addresses in a run of plain text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Literal, NamedTuple

from hallway.core.text.addresses import typed_address

MAX_TAG = 64
"""Characters in one tag."""

# Letters of many scripts carry marks which \w does not count; whole blocks are cheap and enough.
_MARKS = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u0900-\u0963\u0966-\u0dff\u0e31-\u0e3a\u0e47-\u0e4e\u0eb1-\u0ece"
    "\u102b-\u103e\u17b4-\u17d3\u3099\u309a\u200c\u200d"
)
# Possessive repeats: a sign is never looked at twice by the same alternative, so time is linear.
_REFERENCE = re.compile(
    rf"(?<![\w/@#&.+-])(?:"
    rf"@(?P<person>[a-z0-9][a-z0-9.-]{{0,62}}+)(?![\w@])"
    rf"|\#(?P<tag>[\w{_MARKS}-]{{1,{MAX_TAG}}}+)(?![\w{_MARKS}\#@-])"
    rf"|(?P<www>www\.(?=[^\W_]))"
    rf"|(?P<mail>[a-z0-9][a-z0-9._+-]{{0,63}}+@[a-z0-9-]{{1,63}}+"
    rf"(?:\.[a-z0-9-]{{1,63}}+){{1,8}}+)(?![\w@-])"
    rf")",
    re.IGNORECASE | re.VERBOSE,
)

Kind = Literal["person", "tag", "www", "mail"]


class Reference(NamedTuple):
    """One place in a text that names a person, tag or address."""

    kind: Kind
    start: int
    end: int
    written: str
    """Without its "@" or "#"."""


def references_in(text: str) -> Iterator[Reference]:
    """Yield the references of `text` in order, none inside another."""
    position = 0
    while found := _REFERENCE.search(text, position):
        reference = _read(text, found)
        if reference is None:
            position = found.end()
            continue
        yield reference
        position = reference.end


def _read(text: str, found: re.Match[str]) -> Reference | None:
    start = found.start()
    if written := found["person"]:
        written = written.rstrip(".")
        return Reference("person", start, start + 1 + len(written), written)
    if written := found["tag"]:
        written = written.rstrip("-")
        if not any(sign.isalpha() for sign in written):
            return None
        return Reference("tag", start, start + 1 + len(written), written)
    if written := found["mail"]:
        return Reference("mail", start, found.end(), written)
    address = typed_address(text, start, len(text))
    if "." not in address[4:]:
        return None
    return Reference("www", start, start + len(address), address)


def fold_handle(written: str) -> str:
    """Return the handle as it is stored: lower-case."""
    return written.lower()


def fold_tag(written: str) -> str:
    """Return the tag as it is stored and addressed: lower-case, form NFC."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", written).lower())
