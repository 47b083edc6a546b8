"""Numbers in addresses and forms that are longer than any of ours."""

import pytest

from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("digits", [19, 30, 5000])
def test_a_space_with_a_very_long_number_is_none(world: World, digits: int) -> None:
    browser, number = world.browser(world.ada), "9" * digits
    assert browser.get("/posts", {"space": number}).status_code == 200
    assert browser.post("/posts", {"space": number, "text": ""}).status_code == 422
    assert browser.post("/posts", {"space": number, "text": "x"}).status_code == 404
