"""Deeds without words and searches have limits of their own; floods get 429 and change nothing."""

import time
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import resolve

from hallway.core.limits import LIMITS, TooFast, spend
from hallway.entries import access
from hallway.people.models import Follow
from hallway.site.pacing import DEEDS, SEARCHES
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def standing_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing fills again while a test runs."""
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now)


def exhausted(person: int, deed: str) -> None:
    """Use all that is granted at once."""
    with pytest.raises(TooFast):
        for _ in range(LIMITS[deed].at_once + 1):
            spend(person, deed)


def refused(answer: Any) -> bool:
    """Whether the answer is that it was too fast, told to people and to programs."""
    if answer.status_code != 429:
        return False
    assert "That was a lot at once. Try again in" in answer.content.decode()
    return int(answer["Retry-After"]) >= 1


def test_a_flood_of_reactions_ends(world: World) -> None:
    entry = world.post(world.open, "A post", by=world.ben)
    browser = world.browser(world.ada)
    assert browser.post(f"{entry.url}/react", {"kind": "like"}).status_code == 302
    exhausted(world.ada.pk, "react")
    assert refused(browser.post(f"{entry.url}/react", {"kind": "love"}))
    assert access.reactions_to(world.ben).get().kind == "like"
    assert world.browser(world.ben).post(f"{entry.url}/react", {"kind": "like"}).status_code == 302


def test_a_flood_of_follows_and_invitations_ends(world: World) -> None:
    browser = world.browser(world.ben)
    exhausted(world.ben.pk, "follow")
    assert refused(browser.post("/people/ada/follow"))
    assert not Follow.objects.exists()
    exhausted(world.ben.pk, "invite")
    assert refused(browser.post("/spaces/secret-room/invitations/cleo"))
    assert world.browser(world.cleo).get("/spaces/secret-room").status_code == 404


def test_a_flood_of_new_spaces_ends_with_the_words_kept(world: World) -> None:
    form = {
        "name": "Bike to work",
        "description": "Routes",
        "kind": "community",
        "openness": "open",
        "posting": "members",
        "hue_step": "5",
    }
    exhausted(world.ada.pk, "found")
    browser = world.browser(world.ada)
    answer = browser.post("/spaces/new", form)
    assert refused(answer)
    assert 'value="Bike to work"' in answer.content.decode()
    assert browser.get("/spaces/bike-to-work").status_code == 404


def test_a_flood_of_questions_to_managers_ends_with_the_words_kept(world: World) -> None:
    world.cleo.language = "en"
    world.cleo.save(update_fields=["language"])
    exhausted(world.cleo.pk, "write")
    browser = world.browser(world.cleo)
    answer = browser.post("/spaces/closed-room/ask", {"message": "I take over from Gus."})
    assert refused(answer)
    assert "I take over from Gus." in answer.content.decode()
    assert not world.browser(world.ben).get("/spaces/closed-room").content.count(b"Cleo")


@pytest.mark.parametrize(
    "address",
    [
        "/search?q=a",
        "/people/complete?q=a",
        "/people/?q=a",
        "/spaces/?q=a",
        "/spaces/open-room/complete?q=a",
        "/spaces/open-room/members?q=a",
    ],
)
def test_a_flood_of_searches_ends_and_reading_goes_on(world: World, address: str) -> None:
    browser = world.browser(world.ada)
    assert browser.get(address).status_code == 200
    exhausted(world.ada.pk, "search")
    assert refused(browser.get(address))
    assert browser.get("/").status_code == 200
    assert browser.get("/people/").status_code == 200
    assert world.browser(world.ben).get(address).status_code == 200


def test_the_names_of_addresses_are_true() -> None:
    known = {
        "entries:react": "/e/1/react",
        "owndata:ask": "/settings/data/ask",
        "people:follow": "/people/a/follow",
        "people:unfollow": "/people/a/unfollow",
        "spaces:send": "/spaces/a/invitations/b",
        "spaces:join": "/spaces/a/join",
        "spaces:leave": "/spaces/a/leave",
        "spaces:withdraw": "/spaces/a/withdraw",
        "site:search": "/search",
        "people:complete": "/people/complete",
        "people:directory": "/people/",
        "spaces:complete": "/spaces/a/complete",
        "spaces:complete-by-number": "/spaces/complete",
        "spaces:find": "/spaces/",
        "spaces:invite": "/spaces/a/invite",
        "spaces:managers": "/spaces/a/managers",
        "spaces:members": "/spaces/a/members",
    }
    assert {name: resolve(path).view_name for name, path in known.items()} == {
        name: name for name in known
    }
    assert set(known) == set(DEEDS) | SEARCHES


def test_reading_asks_nothing_of_the_limits(world: World) -> None:
    browser = world.browser(world.ada)
    entry = world.post(world.open, "A post", by=world.ben)
    for address in ("/", "/search?q=ada", entry.url, "/people/"):
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(address).status_code == 200
        assert not [each for each in asked if "core_allowance" in each["sql"]]
