"""Where a second step is demanded, whoever has none sets one up before anything else."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hallway.accounts.actions import remove_factor, set_up_app
from hallway.accounts.actions.refusal import Refused
from hallway.accounts.factors import held_by
from tests.company.test_settings import settle
from tests.doors.securing import SECRET
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)


def test_they_are_led_there_and_can_do_nothing_else(world: World) -> None:
    post = world.post(world.open, "Words in the open room", by=world.ben)
    settle(world, second_step="everybody")
    ada = world.browser(world.ada)
    for address in ("/", post.url, "/people/", "/settings", "/hub/ticket", "/settings/data"):
        answer = ada.get(address)
        assert answer.status_code in (302, 404), address
        assert answer.status_code == 404 or answer["Location"] == "/settings/security", address
    sent = ada.post("/posts", {"text": "Hello", "space": world.open.pk, "key": "k"})
    assert sent["Location"] == "/settings/security"
    page = ada.get("/settings/security").content.decode()
    assert "asks for a second step" in page
    # No menu with rooms, no open screen.
    assert world.open.name not in page and "<live-screen" not in page
    for address in ("/logo", "/healthz", "/brand/166.css"):
        assert ada.get(address).headers.get("Location") is None
    assert ada.get("/admin/settings").status_code == 302
    set_up_app(world.ada, SECRET)
    assert ada.get("/").status_code == 200
    assert "<live-screen" in ada.get("/settings/security").content.decode()
    with CaptureQueriesContext(connection) as asked:
        ada.get("/")
    assert not any("mfa_authenticator" in each["sql"] for each in asked)


def test_the_last_one_stays_while_it_is_demanded(world: World) -> None:
    set_up_app(world.rita, SECRET)
    settle(world, second_step="administrators")
    app = held_by(world.rita).app
    assert app is not None
    answer = world.confirmed(world.rita).post(
        f"/settings/security/factors/{app.pk}/remove", follow=True
    )
    assert "Add another one first" in answer.content.decode()
    assert held_by(world.rita).is_any
    # Who is no administrator may; and once nobody has to, everybody may.
    assert world.browser(world.ada).get("/").status_code == 200
    settle(world, second_step="nobody")
    remove_factor(app)
    assert world.browser(world.rita).get("/").status_code == 200
    settle(world, second_step="administrators")
    assert world.browser(world.rita).get("/")["Location"] == "/settings/security"
    with pytest.raises(Refused):
        set_up_app(world.rita, SECRET)
        only = held_by(world.rita).app
        assert only is not None
        remove_factor(only)
