"""What load balancers are told: whether writes arrive, and what will need somebody soon."""

import asyncio
import threading
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from hallway.hub.health import Health, Looks, Watch, look
from hallway.journal.models import Cursor, Record
from hallway.site import views
from tests.playing import play
from tests.site.test_full_disk import nothing_can_be_written
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def a_new_look(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(views, "_looks", Looks())
    yield


def test_anybody_may_ask(world: World) -> None:
    response = Client().get("/healthz")
    assert response.status_code == 200
    assert response.content.decode().startswith("ok\n")
    assert "% free" in response.content.decode()


def test_a_database_that_takes_no_writes_is_not_well(world: World) -> None:
    with nothing_can_be_written():
        response = Client().get("/healthz")
    assert response.status_code == 503
    assert "takes no writes" in response.content.decode()


def test_one_look_serves_many(world: World) -> None:
    looks = Looks()
    first = looks.get()
    with nothing_can_be_written():
        assert looks.get() is first


def test_it_says_how_far_the_worker_is_behind(world: World) -> None:
    Cursor.objects.all().delete()
    assert look().behind == 0
    last = Record.objects.order_by("-seq")[0]
    cursor = Cursor.objects.create(reader="notifications", xid=0, seq=0)
    old = timezone.now() - timedelta(seconds=100)
    Record.objects.update(at=old)
    found = look()
    # On PostgreSQL deeds of a transaction that still runs, as this one does, are not to be read.
    if found.behind:
        assert 100 <= found.behind < 160
        assert "s behind, late" in str(found)
    Cursor.objects.filter(pk=cursor.pk).update(xid=last.xid, seq=last.seq)
    assert look().behind == 0


def test_little_room_is_said_and_does_no_harm() -> None:
    found = Health(writes=True, behind=0, free=0.04)
    assert found.status == 200
    assert "4% free, low" in str(found)


def test_many_who_ask_the_hub_wait_for_one_look() -> None:
    looks: list[int] = []
    go = threading.Event()

    def slow_look() -> Health:
        looks.append(1)
        go.wait(5)
        return Health(writes=True, behind=0, free=0.5)

    async def story() -> None:
        watch = Watch(slow_look)
        asked = [asyncio.create_task(watch.health()) for _ in range(20)]
        await asyncio.sleep(0.05)
        go.set()
        assert {str(found) for found in await asyncio.gather(*asked)} == {
            "ok\nworker: 0 s behind\ndisk: 50% free\n"
        }

    play(story())
    assert looks == [1]
