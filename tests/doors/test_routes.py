"""No route tells the hidden from the unknown, and none lets in who is not signed in."""

import re

import pytest
from django.http import HttpResponse
from django.test import Client

from tests.doors import entries, finding, halls, outside, streams  # noqa: F401 - they fill the table
from tests.doors.contents import contents
from tests.doors.looking import DOORS, WORD
from tests.doors.routes import DEEDS, OF_ADMINISTRATORS, OWN, PUBLIC, UNKNOWN, hidden, routes
from tests.doors.story import Story

pytestmark = pytest.mark.django_db

ROUTES = {route.name: route for route in routes()}
GUARDED = sorted(ROUTES.keys() - PUBLIC)
SECRETS = re.compile(r"nonce-[\w-]+")
MADE_ANEW = re.compile(
    r'nonce="[^"]*"|content="[\w-]{22}"|name="csrfmiddlewaretoken" value="[^"]*"'
    r'|ticket="[^"]*"|position="[^"]*"|"ticket": "[^"]*"|name="key" value="[^"]*"'
)


def answer(response: HttpResponse) -> tuple[int, str, dict[str, str]]:
    """What a browser gets, without what is drawn by lot for each answer."""
    body = b"".join(response) if response.streaming else response.content
    headers = {name: SECRETS.sub("", value) for name, value in response.items() if name != "Date"}
    # The length follows from the body, in which a ticket may be a letter longer or shorter.
    headers.pop("Content-Length", None)
    headers["cookies"] = ",".join(sorted(response.cookies))
    return response.status_code, MADE_ANEW.sub("", body.decode()), headers


def test_every_route_is_accounted_for() -> None:
    through_doors = {route for door in DOORS.values() for route in door.routes}
    assert through_doors | PUBLIC | OWN | OF_ADMINISTRATORS | DEEDS == set(ROUTES)
    assert len(ROUTES) == len(routes()), "two routes share a name"


@pytest.mark.parametrize("who", ["ada", "ben", "cleo", "gus", "rita"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_the_hidden_is_like_the_unknown(story: Story, who: str, method: str) -> None:
    browser = story.browser(who)
    before = contents()
    tried = 0
    for name in GUARDED:
        route = ROUTES[name]
        for values in hidden(story, who, route):
            there = answer(getattr(browser, method)(route.address(**values)))
            shape = {key: UNKNOWN[key] for key in values}
            nowhere = answer(getattr(browser, method)(route.address(**shape)))
            assert there == nowhere, (name, values)
            assert there[0] in (404, 405), (name, values)
            tried += 1
    assert tried > 5
    assert contents() == before


def _in_queries(story: Story) -> list[tuple[str, str, int]]:
    """Addresses with a number in the query, and a number that is hidden from Cleo."""
    top = story.entries["open.post"].pk
    secret = story.rooms["secret"].pk
    return [
        ("get", "/spaces/complete?q=a&space={}", secret),
        ("get", f"/e/{top}?reply={{}}", story.entries["open.gone"].pk),
        ("get", f"/e/{top}?reply={{}}", story.entries["secret.comment"].pk),
        ("get", f"/live/ticket?p=0.0&t=space:{{}}&t=person:{story.world.cleo.pk}", secret),
        ("post", "/posts?space={}&text=Hello", secret),
        ("post", f"/e/{top}/comments?text=Hello&parent={{}}", story.entries["open.gone"].pk),
        ("post", f"/e/{top}/comments?text=Hello&parent={{}}", story.entries["secret.comment"].pk),
        ("post", "/notifications/seen?entry={}", story.entries["secret.post"].pk),
        ("post", "/notifications/read?notice={}", 1),
        ("post", "/spaces/open-room/seen?entry={}", story.entries["secret.post"].pk),
    ]


def test_numbers_in_queries_and_forms_tell_nothing(story: Story) -> None:
    browser = story.browser("cleo")
    before = contents()
    for method, address, number in _in_queries(story):
        answers = []
        for each in (number, UNKNOWN["pk"]):
            path, _, query = address.format(each).partition("?")
            form = dict(pair.split("=") for pair in query.split("&")) if method == "post" else None
            target = path if form else f"{path}?{query}"
            answers.append(answer(getattr(browser, method)(target, form)))
        assert answers[0] == answers[1], address
    assert contents() == before


@pytest.mark.parametrize("who", ["nobody", "dora"])
def test_outside_there_is_only_the_door(story: Story, who: str) -> None:
    values = {
        "pk": story.entries["hall.post"].pk,
        "slug": story.rooms["hall"].slug,
        "handle": "ada",
        "name": "cnryshared",
    }
    before = contents()
    for name in GUARDED:
        route = ROUTES[name]
        address = route.address(**{key: values[key] for key in values if key in route.needs})
        for method in ("get", "head", "post"):
            given = getattr(story.browser(who), method)(address)
            if name == "hub:ticket":
                assert given.status_code in (401, 405), (name, method)
                continue
            assert given.status_code == 302, (name, method)
            assert given["Location"].startswith("/accounts/login/?next="), (name, method)
            assert not given.content
    assert contents() == before


@pytest.mark.parametrize("name", sorted(PUBLIC))
def test_public_pages_show_nothing_that_people_wrote(story: Story, name: str) -> None:
    for browser in (Client(), story.browser("dora")):
        response = browser.get(ROUTES[name].address())
        body = b"".join(response) if response.streaming else response.content
        assert not WORD.findall(body.decode())
