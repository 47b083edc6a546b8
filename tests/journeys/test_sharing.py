"""A share on open screens: each sees in it what they may see of the original, and no longer."""

import secrets

import pytest
from playwright.sync_api import expect

from hallway.entries.actions import Draft, edit, react
from hallway.shares.actions import share
from hallway.spaces.actions import create_space, put_in, remove
from tests.journeys.conftest import House
from tests.journeys.screens import Screens, is_live, said

pytestmark = pytest.mark.browser


def test_open_screens_show_what_their_reader_may_see(house: House, screens: Screens) -> None:
    world = house.world
    room = create_space(f"Vault {secrets.token_hex(4)}", by=world.ben, openness="secret")
    put_in(room, world.ada, by=world.ben)
    original = world.post(room, "Sesame opens", by=world.ada)
    world.post(world.hall, "Something to begin with", by=world.ben)
    ada, cleo = screens.of(world.ada, "/"), screens.of(world.cleo, "/")
    for page in (ada, cleo):
        is_live(page)
    note = f"Please read {secrets.token_hex(4)}"
    made = share(original, Draft(note), world.hall, by=world.ben)
    for page in (ada, cleo):
        page.locator(".pill").click()
        expect(page.locator(f"#entry-{made.pk}")).to_contain_text(note)
    carried = ada.locator(f"#shared-{made.pk}")
    expect(carried).to_contain_text("Sesame opens")
    closed = cleo.locator(f"#shared-{made.pk}")
    expect(closed).to_contain_text(said("The shared entry is not open to you.", "de"))

    # A card drawn anew for all takes nothing away from who has it before them.
    react(made, "like", by=world.rita)
    liked = ada.locator(f"#entry-{made.pk} button[value=like] .action-count")
    expect(liked).to_have_text("1")
    expect(carried).to_contain_text("Sesame opens")
    edit(original, title="", text="Open, barley", by=world.ada)
    expect(carried).to_contain_text("Open, barley")
    assert "barley" not in cleo.content()
    remove(room, world.ada, by=world.ben)
    expect(carried).to_contain_text("The shared entry is not open to you.")
    assert "barley" not in ada.content()
