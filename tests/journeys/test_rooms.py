"""Spaces: coming in, asking, being let in, being put out while one looks."""

import secrets

import pytest
from playwright.sync_api import expect

from hallway.core.guarding import as_system
from hallway.spaces.actions import put_in, remove
from tests.journeys.conftest import House
from tests.journeys.screens import Screens, is_live, said

pytestmark = pytest.mark.browser


def test_joining_an_open_space(house: House, screens: Screens) -> None:
    world = house.world
    page = screens.of(world.rita, "/spaces/")
    page.get_by_role("button", name="Join Open room").click()
    expect(page.get_by_role("status").get_by_text("You belong to Open room now.")).to_be_visible()
    expect(page.locator("#your-spaces-list")).to_contain_text("Open room")
    page.goto("/spaces/open-room")
    page.get_by_role("link", name="Leave").click()
    page.get_by_role("button", name="Leave").click()
    expect(page.get_by_role("button", name="Join Open room")).to_be_visible()


def test_asking_for_a_closed_one_and_being_let_in(house: House, screens: Screens) -> None:
    world = house.world
    ben = screens.of(world.ben, "/")
    cleo = screens.of(world.cleo, "/spaces/closed-room")
    is_live(ben)
    is_live(cleo)
    cleo.locator("#message").fill("I take over from Gus")
    cleo.locator("main form button").click()
    expect(cleo.locator("main")).to_contain_text(
        said("You have asked to join. A manager will answer.", "de")
    )
    expect(ben.locator("#bell .dot")).to_have_text("1")
    ben.locator("#bell").click()
    ben.locator("main .row-name", has_text="Cleo").click()
    expect(ben.locator("main")).to_contain_text("I take over from Gus")
    ben.get_by_role("button", name="Let in Cleo Marchetti").click()

    expect(cleo.locator("#bell .dot")).to_have_text("1")
    expect(cleo.locator("#your-spaces-list")).to_contain_text("Closed room")
    cleo.locator("#bell").click()
    cleo.locator("main .row-name", has_text="Closed room").click()
    expect(cleo.locator("#compose")).to_be_visible()


def test_removed_while_the_page_is_open(house: House, screens: Screens, newcomer: object) -> None:
    world = house.world
    leaver = newcomer("Lena Weg")  # type: ignore[operator]
    put_in(world.secret, leaver, by=world.ben)
    page = screens.of(leaver, world.secret.url)
    home = screens.of(leaver, "/")
    is_live(page)
    is_live(home)
    before = f"before {secrets.token_hex(4)}"
    world.post(world.secret, before, by=world.ada)
    expect(page.locator("article.entry", has_text=before)).to_be_visible()
    expect(home.locator("article.entry", has_text=before)).to_be_visible()

    screens.expect("status of 404")
    after = f"after {secrets.token_hex(4)}"
    remove(world.secret, leaver, by=world.ben)
    world.post(world.secret, after, by=world.ada)
    expect(page.get_by_role("heading", level=1)).not_to_have_text("Secret room")
    for gone in (page, home):
        expect(gone.locator("body")).not_to_contain_text(before)
        assert after not in gone.content()
    expect(home.locator("#your-spaces-list")).not_to_contain_text("Secret room")
    with as_system("a test looks at the rows"):
        assert world.secret.pk


def test_founding_one_and_closing_it(house: House, screens: Screens) -> None:
    page = screens.of(house.world.cleo, "/spaces/new")
    name = f"Bees {secrets.token_hex(3)}"
    page.locator("#id_name").fill(name)
    page.locator("#id_description").fill("On the roof")
    page.locator("form.form button.button").click()
    expect(page.get_by_role("heading", name=name, level=1)).to_be_visible()
    page.locator("a[href$='/edit']").click()
    page.locator("input[name=openness][value=secret]").check()
    page.locator("form.form button.button").click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.locator("input[name=confirmed]").check()
    page.locator("form.form button.button").click()
    expect(page.locator(".banner")).to_contain_text(said("Secret", "de"))
