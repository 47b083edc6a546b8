"""A column for folded words, sorted by code point on every database."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

if TYPE_CHECKING:
    Text = models.CharField[str, str]
else:
    Text = models.CharField

LAST = "\U0010ffff"
"""Sorts behind every sign that stands in a name, so `beginning + LAST` ends a range."""


class Spelling(Text):
    """Short text compared byte by byte.

    The words that begin alike then lie side by side in the index, which is not so under the
    collation of a language. SQLite compares so by itself.
    """

    def db_parameters(self, connection: BaseDatabaseWrapper) -> Any:
        parameters = super().db_parameters(connection)
        if connection.vendor == "postgresql":
            parameters["collation"] = "C"
        return parameters
