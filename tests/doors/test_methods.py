"""Reading changes nothing, and a deed needs the token of our page and our own origin."""

from collections.abc import Iterator

import pytest
from django.db import transaction
from django.test import Client

from tests.doors.contents import contents
from tests.doors.routes import Route, hidden, routes
from tests.doors.story import Story

pytestmark = pytest.mark.django_db

ROUTES = routes()
ELSEWHERE = (
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
)
BY_MAIL = {"outside:unsubscribe"}
"""What mail programs send themselves, without a page of ours: the address is the secret."""

UNSAFE = ("post", "put", "patch", "delete")


def addresses(story: Story, route: Route, who: str) -> Iterator[str]:
    """Addresses of a route that lead somewhere, and one that leads nowhere."""
    person = story.world.people["ada"]
    numbers: dict[str, object] = {"pk": story.entries["open.post"].pk}
    values = {
        **numbers,
        "slug": story.rooms["open"].slug,
        "handle": "ada",
        "name": "cnryshared",
        "version": story.cover_of("ada") if route.name == "people:cover" else person.photo[-8:],
        "number": story.invitation,
    }
    if route.of_halls:
        number = {"hall": story.halls["open"], "question": story.questions["open.asked"]}
        values["pk"] = number.get(route.of_halls, story.polls["open.shown"]).pk
    yield route.address(**values)
    if "pk" in route.needs and not route.of_halls:
        yield route.address(**{**values, "pk": story.entries["open.comment"].pk})
    for hid in hidden(story, who, route):
        yield route.address(**hid)
        break


@pytest.mark.parametrize("who", ["rita", "ben", "gus", "nobody"])
def test_reading_changes_nothing(story: Story, who: str) -> None:
    browser = story.browser(who)
    before = contents()
    for route in ROUTES:
        for address in addresses(story, route, who):
            for method in ("get", "head", "options"):
                response = getattr(browser, method)(address, {"q": "cnry", "before": "9" * 18})
                assert response.status_code < 500, address
                b"".join(response) if response.streaming else response.content
    after = contents()
    assert [table for table in after if after[table] != before[table]] == []


@pytest.mark.parametrize("who", ["rita", "nobody"])
def test_a_deed_needs_the_token_and_our_origin(story: Story, who: str) -> None:
    browser = strict(story, who)
    token = browser.get("/accounts/login/" if who == "nobody" else "/settings").context[
        "csrf_token"
    ]
    form = {"csrfmiddlewaretoken": str(token)}
    before = contents()
    for route in ROUTES:
        address = next(addresses(story, route, who))
        for method in UNSAFE:
            bare = getattr(browser, method)(address)
            refused = {404, 405} if route.name in BY_MAIL else {403}
            assert bare.status_code in refused, (method, route.name)
        for headers in ELSEWHERE:
            given = browser.post(address, form, headers=headers)
            assert given.status_code == 403, (route.name, headers)
    assert contents() == before


def test_with_both_a_deed_is_let_through(story: Story) -> None:
    browser = strict(story, "rita")
    form = {"csrfmiddlewaretoken": str(browser.get("/settings").context["csrf_token"])}
    for route in ROUTES:
        address = next(addresses(story, route, "rita"))
        for headers in ({}, {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}):
            place = transaction.savepoint()
            given = browser.post(address, form, headers=headers)
            # What takes data and got a form says so as data, which is the answer of its view.
            is_data = given.headers.get("Content-Type") == "application/json"
            assert given.status_code != 403 or is_data, route.name
            transaction.savepoint_rollback(place)


def strict(story: Story, who: str) -> Client:
    """A browser of somebody that forgives no missing token."""
    browser = Client(enforce_csrf_checks=True)
    browser.cookies.update(story.browser(who).cookies)
    return browser
