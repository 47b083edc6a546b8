"""Connections to PostgreSQL are reused without asking, and made anew when the server ended them."""

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest
from django.db import connections

from hallway.core.prepared import Prepared
from hallway.people.models import Person
from tests.world import World

pytestmark = pytest.mark.postgresql


@pytest.fixture
def wrapper(transactional_db: None) -> Iterator[Any]:
    """A connection of its own, as a request has one."""
    one = connections.create_connection("default")
    with closing(one):
        one.ensure_connection()
        yield one


def process_of(wrapper: Any) -> int:
    with wrapper.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


def statements_seen(wrapper: Any) -> str:
    """What the server was asked last on this connection, as another one sees it."""
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "SELECT query FROM pg_stat_activity WHERE pid = %s",
            [wrapper.connection.info.backend_pid],
        )
        return str(cursor.fetchone()[0])


def test_the_next_request_keeps_a_connection_without_asking_the_server(wrapper: Any) -> None:
    before = process_of(wrapper)
    wrapper.health_check_done = False
    wrapper.close_if_health_check_failed()
    assert statements_seen(wrapper) == "SELECT pg_backend_pid()"
    assert process_of(wrapper) == before


def test_the_next_request_gets_a_new_connection_where_the_server_ended_it(wrapper: Any) -> None:
    before = process_of(wrapper)
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [before])
        assert cursor.fetchone() == (True,)
    assert not wrapper.is_usable()
    wrapper.health_check_done = False
    assert process_of(wrapper) != before


def test_a_notice_in_between_does_not_end_a_connection(wrapper: Any) -> None:
    with wrapper.cursor() as cursor:
        cursor.execute("LISTEN door")
    before = process_of(wrapper)
    with connections["default"].cursor() as cursor:
        cursor.execute("NOTIFY door")
    wrapper.health_check_done = False
    assert process_of(wrapper) == before


def test_a_list_of_any_length_is_one_statement_for_the_server(world: World) -> None:
    everybody = Prepared(lambda _who, ids: Person.objects.filter(pk__in=ids).values_list("pk"))
    people = [world.ada.pk, world.ben.pk, world.cleo.pk]
    for length in (1, 2, 3) * 4:
        rows = everybody.rows(world.ada, people[:length])
        assert sorted(pk for (pk,) in rows) == sorted(people[:length])
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_prepared_statements WHERE strpos(statement, '= ANY(') > 0"
            " AND strpos(statement, 'people_person') > 0"
        )
        assert cursor.fetchone() == (1,)
