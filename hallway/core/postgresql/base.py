"""Django's connection to PostgreSQL, asked with less effort what every page asks."""

import select
from typing import Any

from django.db.backends.postgresql import base
from django.db.backends.postgresql.operations import DatabaseOperations

# The stubs know neither this cursor nor how a connection prepares one.
_ServerBindingCursor: Any = base.ServerBindingCursor


class Operations(DatabaseOperations):
    """Tells whoever listens to the queries also those of constant cursors."""

    def last_executed_query(self, cursor: Any, sql: Any, params: Any) -> str:
        """The statement with its values; Django knows it of its own cursors only."""
        known = super().last_executed_query(cursor, sql, params)
        return str(known or self.compose_sql(sql, params))


class DatabaseWrapper(base.DatabaseWrapper):
    """Keeps plans of constant statements, and connections without asking whether they stand.

    Django's own way to have plans kept, `server_side_binding` for everything, is not taken: there
    it cuts numbers in expressions to 32 bits without a word.
    """

    ops_class = Operations

    def get_connection_params(self) -> dict[str, Any]:
        """Let plans be kept at all; Django's other cursors keep none all the same."""
        return super().get_connection_params() | {"prepare_threshold": 5}

    def constant_cursor(self) -> Any:
        """A cursor for statements of constant text, which the server plans once a connection."""
        self.close_if_health_check_failed()
        self.ensure_connection()
        with self.wrap_database_errors:
            prepare: Any = self._prepare_cursor  # type: ignore[attr-defined]
            return prepare(_ConstantCursor(self.connection))

    def is_usable(self) -> bool:
        """Whether the connection of an earlier request can be used; without a round trip.

        Between requests the server has nothing to say, except that it ends the connection (it
        stops, restarts, or its administrator ends it). So a silent socket is a good one; only where
        there is something to read the server is asked, as Django does before every request.
        """
        connection: Any = self.connection
        if connection is None or connection.closed:
            return False
        socket = select.poll()
        socket.register(connection.fileno(), select.POLLIN)
        return not socket.poll(0) or super().is_usable()


class _ConstantCursor(_ServerBindingCursor):  # type: ignore[misc]
    def execute(self, query: Any, params: Any = None, **given: Any) -> Any:
        return super().execute(query, params, prepare=True, **given)
