"""What another app on a device, or a link, brings along to be posted."""

from collections.abc import Mapping
from typing import NamedTuple

from hallway.core.text import clean_line, clean_text

MOST_TITLE = 200
"""As many signs as a title may have."""


class Shared(NamedTuple):
    """Words for the box; nothing is posted before somebody does so."""

    title: str
    text: str


def shared(fields: Mapping[str, str]) -> Shared:
    """Make a title and a text of `title`, `text` and `url`, as a manifest's share target has them.

    Nothing is lost or doubled: apps put the address into the text as well, or a text into the
    title (https://w3c.github.io/web-share-target).
    """
    title = clean_line(fields.get("title", ""))
    text = clean_text(fields.get("text", "")).strip()
    url = clean_line(fields.get("url", ""))
    parts = [text, "" if url in text else url]
    if len(title) > MOST_TITLE:
        parts.insert(0, title)
    if len(title) > MOST_TITLE or title == text:
        title = ""
    return Shared(title, "\n\n".join(part for part in parts if part))
