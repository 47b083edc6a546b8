"""What every answer carries, and which unsafe requests are refused before any view is asked."""

import dataclasses
import re

import pytest
from django.conf import settings
from django.test import Client, override_settings

from hallway.core.middleware import guards
from tests.world import PASSWORD, World

pytestmark = pytest.mark.django_db


def policy_of(response: object) -> dict[str, str]:
    """The content security policy by directive."""
    text = response["Content-Security-Policy"]  # type: ignore[index]
    return {
        name: rest for name, _, rest in (part.strip().partition(" ") for part in text.split(";"))
    }


@pytest.mark.parametrize("address", ["/", "/people/", "/spaces/", "/notifications/", "/e/999999"])
def test_pages_are_stored_by_nobody(world: World, address: str) -> None:
    """Not by the browser and not by a proxy, also where there is nothing."""
    response = world.browser(world.ada).get(address)
    assert response["Cache-Control"] == "private, no-store"
    assert "Cookie" in response["Vary"]


@pytest.mark.parametrize("address", ["/", "/accounts/login/"])
def test_only_our_own_scripts_run(world: World, address: str) -> None:
    """A nonce per answer, which is that of the page's one script; nothing unsafe."""
    browser = Client() if "login" in address else world.browser(world.ada)
    first, second = browser.get(address), browser.get(address)
    policy = policy_of(first)
    assert policy["default-src"] == "'none'"
    assert policy["frame-ancestors"] == "'none'"
    assert policy["require-trusted-types-for"] == "'script'"
    assert "unsafe" not in first["Content-Security-Policy"]
    nonce = re.search(r"'nonce-([^']+)'", policy["script-src"])
    assert nonce
    assert f'nonce="{nonce[1]}"' in first.content.decode()
    assert policy_of(second)["script-src"] != policy["script-src"]


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://elsewhere.example"},
        {"origin": "null"},
    ],
)
def test_deeds_from_other_sites_are_refused(world: World, headers: dict[str, str]) -> None:
    """Before the CSRF token is looked at, which the test's browser need not bring."""
    browser = world.browser(world.ada)
    assert browser.post("/people/ben/follow", headers=headers).status_code == 403
    assert "0 following" in browser.get("/people/ada").content.decode()
    assert browser.post("/people/ben/follow").status_code == 302


def test_deeds_need_the_token(world: World) -> None:
    """Also where the browser says nothing of where the request comes from."""
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(world.ada)
    assert browser.post("/people/ben/follow").status_code == 403
    form = {"login": world.ada.email, "password": PASSWORD}
    assert Client(enforce_csrf_checks=True).post("/accounts/login/", form).status_code == 403


def test_https_stays_https(world: World) -> None:
    """Only where the proxy says that somebody came without it are they sent on."""
    config = dataclasses.replace(settings.CONFIG, base_url="https://testserver")
    with override_settings(CONFIG=config):
        answer = Client().get("/people/?q=a", headers={"x-forwarded-proto": "http"})
        assert answer.status_code == 308
        assert answer["Location"] == "https://testserver/people/?q=a"
        assert Client().get("/robots.txt").status_code == 200
        again = Client().get("/robots.txt", headers={"x-forwarded-proto": "https"})
        assert again.status_code == 200
        assert guards()["Strict-Transport-Security"].startswith("max-age=31")
    assert Client().get("/robots.txt", headers={"x-forwarded-proto": "http"}).status_code == 200
    assert "Strict-Transport-Security" not in guards()
    assert "Strict-Transport-Security" not in Client().get("/robots.txt")


def test_scripts_are_not_given_to_other_sites() -> None:
    answer = Client().get("/static/hallway/app.css")
    assert answer.status_code == 200
    assert "Access-Control-Allow-Origin" not in answer
