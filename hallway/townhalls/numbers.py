"""Numbers that tell nothing about order: where rows must not show who came when."""

import secrets
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

if TYPE_CHECKING:
    Whole = models.BigIntegerField[int, int]
else:
    Whole = models.BigIntegerField


def random_number() -> int:
    """A random number from 1 to 2**53 - 1: exact also in a browser's script."""
    return secrets.randbelow(2**53 - 1) + 1


class RandomKey(Whole):
    """A primary key of random numbers, by which the rows also lie in the file.

    In SQLite only a key declared as `integer` is the number of the row itself; with any other
    one, rows have a hidden number besides that counts them in the order they came.
    """

    def __init__(self, **options: Any) -> None:
        options |= {"primary_key": True, "default": random_number, "editable": False}
        super().__init__(**options)

    def db_type(self, connection: BaseDatabaseWrapper) -> str | None:
        """The type of the column."""
        return "integer" if connection.vendor == "sqlite" else super().db_type(connection)
