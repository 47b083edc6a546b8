"""The one renderer of what people write, and the cleaning of names and lines."""

from hallway.core.text.cleaning import clean_line, clean_name, clean_text
from hallway.core.text.excerpts import excerpt
from hallway.core.text.limits import MAX_SOURCE, TextTooLong
from hallway.core.text.references import fold_tag
from hallway.core.text.rendering import Rendered, find_mentions, render

__all__ = [
    "MAX_SOURCE",
    "Rendered",
    "TextTooLong",
    "clean_line",
    "clean_name",
    "clean_text",
    "excerpt",
    "find_mentions",
    "fold_tag",
    "render",
]
