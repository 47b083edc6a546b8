"""What an administrator finds on somebody's profile to take their access away or give it back."""

import pytest

from tests.world import World

pytestmark = pytest.mark.django_db

DEACTIVATE = 'formaction="/accounts/people/{}/deactivate"'
REACTIVATE = 'formaction="/accounts/people/{}/reactivate"'


def test_rita_deactivates_and_reactivates_ada_from_her_profile(world: World) -> None:
    browser = world.browser(world.rita)
    page = browser.get(world.ada.url).content.decode()
    assert DEACTIVATE.format("ada") in page
    assert REACTIVATE.format("ada") not in page
    browser.post("/accounts/people/ada/deactivate")
    page = browser.get(world.ada.url).content.decode()
    assert REACTIVATE.format("ada") in page
    assert DEACTIVATE.format("ada") not in page
    browser.post("/accounts/people/ada/reactivate")
    assert DEACTIVATE.format("ada") in browser.get(world.ada.url).content.decode()


def test_nobody_else_is_offered_it_and_rita_not_for_herself(world: World) -> None:
    for viewer, shown in ((world.ben, world.ada), (world.gus, world.ada), (world.rita, world.rita)):
        page = world.browser(viewer).get(shown.url)
        assert page.status_code == 200
        assert "/accounts/people/" not in page.content.decode()
