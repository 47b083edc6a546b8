"""Language, appearance and time zone of the reader."""

from django.test import Client

from tests.world import World


def test_ada_reads_german_from_now_on(world: World) -> None:
    browser = world.browser(world.ada)
    assert browser.get("/settings")["Content-Language"] == "en"
    assert browser.post("/settings/display", {"language": "de"}).status_code == 302
    response = browser.get("/settings")
    assert response["Content-Language"] == "de"
    assert b'<html lang="de"' in response.content
    assert browser.post("/settings/display", {"language": "xx"}).status_code == 422


def test_the_last_use_of_a_session_is_a_moment_and_language_is_named_once(world: World) -> None:
    browser = world.browser(world.ada)
    sessions = browser.get("/settings/sessions").content.decode()
    assert "Last used <relative-time" in sessions
    settings = browser.get("/settings/display").content.decode()
    assert settings.count(">Language<") == 1
    assert '<label for="id_language">Language</label>' in settings


def test_at_the_door_the_browser_decides_and_then_the_cookie(world: World) -> None:
    browser = Client(HTTP_ACCEPT_LANGUAGE="de-AT,de;q=0.9")
    response = browser.get("/accounts/login/")
    assert response["Content-Language"] == "de"
    assert "Accept-Language" in response["Vary"]
    answer = browser.post("/accounts/language", {"language": "en", "next": "/accounts/login/"})
    assert answer["Location"] == "/accounts/login/"
    assert browser.get("/accounts/login/")["Content-Language"] == "en"
    browser.post("/accounts/language", {"language": "../../etc"})
    assert browser.get("/accounts/login/")["Content-Language"] == "en"
    away = browser.post("/accounts/language", {"language": "de", "next": "//evil.example"})
    assert away["Location"] == "/"


def test_ones_own_language_wins_over_the_browsers(world: World) -> None:
    browser = world.browser(world.cleo)
    response = browser.get("/settings", headers={"accept-language": "en"})
    assert response["Content-Language"] == "de"


def test_the_theme_comes_from_its_cookie(world: World) -> None:
    browser = world.browser(world.ada)
    browser.cookies["theme"] = "dark"
    assert b'data-theme="dark"' in browser.get("/settings").content
    browser.cookies["theme"] = "<script>"
    assert b'data-theme="auto"' in browser.get("/settings").content


def test_a_broken_time_zone_harms_nobody(world: World) -> None:
    browser = world.browser(world.ada)
    for zone in ("Europe/Berlin", "Mars/Olympus", "../../etc/passwd", "", "x" * 5000, "/etc"):
        browser.cookies["zone"] = zone
        assert browser.get("/settings/sessions").status_code == 200


def test_administrators_find_the_invitations(world: World) -> None:
    assert b"/accounts/invitations" in world.browser(world.rita).get("/settings").content
    assert b"/accounts/invitations" not in world.browser(world.ada).get("/settings").content
