"""After a test that writes for good nothing is left, whatever it wrote and however much."""

import threading

import pytest
from django.apps import apps
from django.contrib.auth.models import Permission
from django.db import connection, transaction
from django.test import TransactionTestCase

from hallway.people.models import Person
from tests import emptying
from tests.emptying import KEPT, empty, filled, tables
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)


def test_everything_goes_but_what_is_always_there(world: World) -> None:
    world.post(world.secret, "Not for everybody", by=world.ada)
    assert {"people_person", "spaces_membership", "entries_entry"} <= filled().keys()
    permissions = Permission.objects.count()
    empty()
    assert not filled()
    assert Permission.objects.count() == permissions > 0


def test_a_crowd_goes_as_well(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(emptying, "CROWD", 3)
    empty()
    assert not filled()


def test_what_is_just_being_written_is_waited_for_and_goes_too(world: World) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def write() -> None:
        with transaction.atomic():
            Person(handle="late", email="late@company.example", name="Late").save()
            begun.set()
            assert go_on.wait(10)
        connection.close()

    writer = threading.Thread(target=write)
    writer.start()
    assert begun.wait(10)
    threading.Timer(0.2, go_on.set).start()
    empty()
    writer.join()
    assert not filled()


def test_django_empties_by_it_and_no_table_is_forgotten() -> None:
    assert TransactionTestCase._fixture_teardown.__module__ == emptying.__name__
    models = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    assert models - set(KEPT) == set(tables())
