"""One's own profile is written with few letters."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import House
from tests.journeys.screens import Screens

pytestmark = pytest.mark.browser


def test_a_manager_is_offered_while_one_types(
    house: House, screens: Screens, newcomer: Any
) -> None:
    nora = newcomer("Nora Nyberg")
    page = screens.of(nora, "/people/me/edit")
    field = page.locator("#id_manager")
    field.press_sequentially("okaf")
    expect(page.get_by_role("option", name="Ben Okafor")).to_be_visible()
    field.press("Enter")
    expect(field).to_have_value("@ben")
    expect(page.locator(".complete")).to_have_count(0)
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("link", name="Ben Okafor")).to_be_visible()
