"""A queryset compiled once and asked often: the rule stays in one place, its price is paid once.

Compiling the access rule costs ten times what the database needs to answer it. A `Prepared` keeps
the SQL that Django made for a stand-in viewer and puts the real one's number in its place.
"""

import copy
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

# Numbers no row has, by which the places of the viewer and of the list are known again.
_VIEWER = 8_111_000_000_000_000_001
_LISTED = 8_111_000_000_000_000_002


def asked(statement: str, params: Sequence[Any] | Mapping[str, Any] = ()) -> list[tuple[Any, ...]]:
    """The rows of a statement whose text is (nearly) always the same.

    PostgreSQL is asked so that it keeps the plan with the connection; SQLite does so by itself.
    """
    here: Any = connection
    with here.constant_cursor() if here.vendor == "postgresql" else here.cursor() as cursor:
        cursor.execute(statement, params)
        return list(cursor.fetchall())


class Viewer(Protocol):
    """What decides the form of a rule, besides the viewer's number."""

    pk: Any
    kind: Any


class Prepared:
    """`build(viewer, ids)` gives a queryset, as for any viewer.

    It may use nothing of the viewer but `pk` and `kind`, and `ids` only as the right side of one
    `in`. It must not depend on the time or on settings that change.
    """

    def __init__(self, build: Callable[[Any, Sequence[int]], QuerySet[Any, Any]]) -> None:
        self._build = build
        self._statements: dict[tuple[str, str], _Statement | None] = {}

    def rows(self, viewer: Viewer, ids: Sequence[int] = ()) -> list[tuple[Any, ...]]:
        """The rows for `viewer` as the database gives them: right for numbers and text.

        With an empty list of ids there are none, without asking.
        """
        statement = self._statement(viewer)
        if statement is None or (_LISTED in statement.params and not ids):
            return []
        parts = [statement.texts[0]]
        params: list[Any] = []
        for value, text in zip(statement.params, statement.texts[1:], strict=True):
            if value == _LISTED and statement.takes_array:
                parts.append("%s")
                params.append(list(ids))
            elif value == _LISTED:
                parts.append(", ".join(["%s"] * len(ids)))
                params += ids
            else:
                parts.append("%s")
                params.append(viewer.pk if value == _VIEWER else value)
            parts.append(text)
        return asked("".join(parts), params)

    def instances(self, viewer: Viewer, ids: Sequence[int] = ()) -> list[Any]:
        """The rows for `viewer` as objects, where `build` gives whole rows of its model."""
        rows = self.rows(viewer, ids)
        statement = self._statement(viewer)
        if not rows or statement is None:
            return []
        names = [field.attname for field in statement.model._meta.concrete_fields]
        whole = statement.compiler.apply_converters(rows, statement.converters)
        return [statement.model.from_db(connection.alias, names, row) for row in whole]

    def _statement(self, viewer: Viewer) -> "_Statement | None":
        key = (connection.vendor, str(viewer.kind))
        if key not in self._statements:
            self._statements[key] = self._compile(viewer)
        return self._statements[key]

    def _compile(self, viewer: Viewer) -> "_Statement | None":
        stand_in = copy.copy(viewer)
        stand_in.pk = _VIEWER
        query = self._build(stand_in, [_LISTED]).query
        compiler = query.get_compiler(connection=connection)
        try:
            sql, params = compiler.as_sql()
        except EmptyResultSet:
            return None
        converters = compiler.get_converters([column for column, *_ in compiler.select])
        texts = sql.split("%s")
        takes_array = connection.vendor == "postgresql"
        if takes_array:
            # One text for lists of every length, which a connection plans once.
            for number, value in enumerate(params):
                if value == _LISTED:
                    texts[number] = texts[number].removesuffix("IN (") + "= ANY("
        return _Statement(texts, list(params), query.model, compiler, converters, takes_array)


@dataclass(frozen=True, slots=True)
class _Statement:
    texts: list[str]
    params: list[Any]
    model: Any
    compiler: Any
    converters: Any
    takes_array: bool
