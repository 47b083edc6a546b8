"""Which addresses a link may have, and where an address typed in running text ends."""

from __future__ import annotations

import re

from hallway.core.text.limits import MAX_URL

_SCHEME = re.compile(r"(?:https?://[^/\\\s]|mailto:[^/\\\s])", re.IGNORECASE)
_FORBIDDEN = re.compile(r"[\x00-\x20\x7f-\xa0\\<>\"`\u2028\u2029]")
_TYPED = re.compile(rf"[^\s<>\"`\[\]|\\^{{}}\x00-\x20\x7f-\xa0]{{1,{MAX_URL}}}+")
_NEVER_LAST = ".,;:!?'*_~…“”’»"

LINK_REL = "nofollow noopener noreferrer"
"""The `rel` of every link a person wrote."""


def is_safe_address(url: str) -> bool:
    """Tell whether a link may lead to `url`: http, https, mailto, or a path on this site.

    A path begins with one slash. A second slash, a backslash or a control character would let
    a browser read another host out of it (WHATWG URL, "relative slash state").
    """
    if not url or len(url) > MAX_URL or _FORBIDDEN.search(url):
        return False
    if url[0] == "/":
        return not url.startswith(("//", "/%5c", "/%5C", "/%09", "/%0a", "/%0A", "/%0d", "/%0D"))
    return _SCHEME.match(url) is not None


def typed_address(text: str, start: int, end: int) -> str:
    """Return the address that begins at `start`, without the punctuation of the sentence.

    A closing parenthesis belongs to it only if the address opened one. Returns "" if nothing
    is left. Time is linear in the address.
    """
    found = _TYPED.match(text, start, end)
    if found is None:
        return ""
    address = found.group()
    surplus = address.count(")") - address.count("(")
    stop = len(address)
    while stop:
        last = address[stop - 1]
        if last == ")" and surplus > 0:
            surplus -= 1
        elif last not in _NEVER_LAST:
            break
        stop -= 1
    return address[:stop]
