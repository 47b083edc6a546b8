"""Coming in and going out: sign-in, a forgotten password, signing out."""

import re
import time
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import House
from tests.journeys.screens import Screens, said
from tests.world import PASSWORD

pytestmark = pytest.mark.browser


def test_somebody_signs_in_looks_around_and_signs_out(house: House, screens: Screens) -> None:
    page = screens.of(None, "/spaces/open-room")
    assert page.url.startswith(f"{house.address}/accounts/login/")

    page.get_by_label("E-mail").fill("ada@company.example")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name="Open room", level=1)).to_be_visible()

    page.locator(".bar-me").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    page.go_back()
    page.goto("/")
    assert "/accounts/login/" in page.url


def test_a_wrong_password_keeps_the_address(house: House, screens: Screens) -> None:
    page = screens.of(None, "/")
    page.get_by_label("E-mail").fill("ben@company.example")
    page.get_by_label("Password", exact=True).fill("not this one")
    page.keyboard.press("Enter")

    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("E-mail")).to_have_value("ben@company.example")
    expect(page.get_by_label("Password", exact=True)).to_have_value("")


def test_a_forgotten_password_is_chosen_anew_by_mail(house: House, screens: Screens) -> None:
    page = screens.of(None, "/accounts/login/")
    page.get_by_role("link", name="Forgot your password?").click()
    # Both pages ask for an address.
    expect(page.get_by_role("heading", name="Forgot your password?")).to_be_visible()
    page.get_by_label("E-mail").fill("cleo@company.example")
    page.get_by_role("button", name="Send the link").click()
    expect(page.get_by_role("heading", name="Look into your mail")).to_be_visible()

    page.goto(link_in_mail(house, "cleo@company.example"))
    chosen = "seven green umbrellas"
    for field in page.locator("input[type=password]").all():
        field.fill(chosen)
    page.locator("form button.button-wide").click()
    expect(page.get_by_role("heading", name=said("Home", "de"), level=1)).to_be_attached()

    again = screens.of(None, "/accounts/login/")
    again.get_by_label("E-mail").fill("cleo@company.example")
    again.get_by_label("Password", exact=True).fill(chosen)
    again.keyboard.press("Enter")
    expect(again.get_by_role("heading", name=said("Home", "de"), level=1)).to_be_attached()


def test_the_door_speaks_german_when_asked(screens: Screens) -> None:
    page = screens.of(None, "/accounts/login/")
    page.get_by_role("button", name="Deutsch").click()
    expect(page.get_by_role("heading", name=said("Sign in", "de"))).to_be_visible()
    expect(page.locator("html")).to_have_attribute("lang", "de")
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def link_in_mail(house: House, address: str) -> str:
    """The path of the link in the newest mail to `address`, waiting for it."""
    until = time.monotonic() + 10
    while time.monotonic() < until:
        for letter in reversed(house.post.letters):
            if address in letter["To"]:
                words = letter.get_payload(decode=True).decode()
                found = re.search(r"https?://\S+", words)
                assert found, words
                return urlsplit(found.group()).path
        time.sleep(0.05)
    raise AssertionError(f"no mail to {address}")
