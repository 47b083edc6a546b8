"""Hundreds of numbers as one parameter of a statement."""

import json
from collections.abc import Iterable
from typing import Any

from django.db.models import Func, Value


class Many(Func):
    """For the right side of `in`: numbers that are one parameter, not one each.

    To compile a statement with five hundred places costs Django more than it costs the database to
    answer it.
    """

    template = "(SELECT value FROM json_each(%(expressions)s))"

    def __init__(self, numbers: Iterable[int]) -> None:
        self._numbers = list(numbers)
        super().__init__(Value(json.dumps(self._numbers)))

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """The same for PostgreSQL, which has arrays."""
        template = "(SELECT unnest(CAST(%(expressions)s AS bigint[])))"
        array = "{" + ",".join(map(str, self._numbers)) + "}"
        clone = Func(Value(array), template=template)
        return clone.as_sql(compiler, connection, **context)
