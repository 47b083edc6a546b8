"""Ada signs in with a passkey, alone and as a second step; Chromium plays her device."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.axe import findings
from tests.journeys.conftest import House
from tests.journeys.screens import Screens
from tests.world import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.slow]

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def sign_in(page: Page) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("E-mail address").fill("ada@company.example")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def sign_out(page: Page) -> None:
    page.goto("/accounts/logout/")
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/accounts/login/")


def test_ada_signs_in_with_a_passkey(house: House, browser: Browser) -> None:
    # Passkeys are for names, not for numbers, so the house is called by its name here.
    screens = Screens(browser, house.address.replace("127.0.0.1", "localhost"))
    screens.expect("WebSocket connection")  # the hub knows the one address
    page = screens.of(None, "/accounts/login/", accept_downloads=True)
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    device.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})

    sign_in(page)
    page.goto("/settings/security")
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("Name").fill("My telephone")
    page.get_by_role("button", name="Make the passkey").click()
    expect(page.locator(".codes li")).to_have_count(10)
    assert not findings(page)
    code = page.locator(".codes li").first.inner_text()
    with page.expect_download() as download:
        page.get_by_role("button", name="Download").click()
    assert code in Path(download.value.path()).read_text()

    sign_out(page)
    page.get_by_role("button", name="With a passkey").click()
    expect(page.locator(".bar-me")).to_be_visible()
    page.goto("/settings/security")
    expect(page.get_by_text("My telephone")).to_be_visible()

    sign_out(page)
    sign_in(page)
    page.wait_for_url("**/accounts/second-step")
    page.get_by_role("button", name="With a passkey").click()
    expect(page.locator(".bar-me")).to_be_visible()

    page.goto("/settings/security")
    page.get_by_role("button", name="Remove the passkey My telephone").click()
    expect(page.get_by_text("My telephone")).to_be_hidden()
    sign_out(page)
    page.get_by_role("button", name="With a passkey").click()
    expect(page.get_by_role("alert")).to_contain_text("does not open an account here")
    sign_in(page)
    expect(page.locator(".bar-me")).to_be_visible()
    screens.close()
    assert not screens.unexpected(), "\n".join(screens.unexpected())
