"""What the worker is told to keep is there, new with every version, and the same for everybody."""

import json
from typing import Any

import pytest
from django.test import Client

from hallway.site import worker
from tests.world import World

pytestmark = pytest.mark.django_db


def shell() -> dict[str, Any]:
    """What stands in front of the worker."""
    first, _, script = Client().get("/sw.js").content.decode().partition("\n")
    assert first.startswith("self.SHELL=")
    assert "navigationPreload" in script
    found: dict[str, Any] = json.loads(first.removeprefix("self.SHELL=").removesuffix(";"))
    return found


def test_everything_it_keeps_can_be_fetched_and_by_nobody_in_particular() -> None:
    told = shell()
    assert len(told["files"]) == 6
    for address in (*told["files"], told["page"]):
        answer = Client().get(address)
        assert answer.status_code == 200, address
        assert "session" not in answer.cookies, address


def test_a_new_version_of_a_file_is_another_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    before = shell()["name"]
    assert shell()["name"] == before
    monkeypatch.setattr(worker, "FILES", worker.FILES[1:])
    assert shell()["name"] != before


def test_the_page_without_a_connection_knows_nobody(world: World) -> None:
    page = world.browser(world.ada).get("/offline").content.decode()
    assert world.ada.name not in page
    assert 'id="mine"' not in page


def test_pages_let_a_worker_of_our_own_run_and_carry_its_words() -> None:
    answer = Client().get("/accounts/login/")
    assert "worker-src 'self'" in answer["Content-Security-Policy"]
    assert "/static/hallway/outbox.js?" in answer.content.decode()
