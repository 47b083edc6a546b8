"""Language, appearance and time zone of the reader."""

from django.test import Client

from tests.world import World


def test_ada_reads_german_from_now_on(world: World) -> None:
    browser = world.browser(world.ada)
    assert browser.get("/settings")["Content-Language"] == "en"
    assert browser.post("/settings/display", {"language": "de", "theme": "auto"}).status_code == 302
    response = browser.get("/settings")
    assert response["Content-Language"] == "de"
    assert b'<html lang="de"' in response.content
    assert browser.post("/settings/display", {"language": "xx", "theme": "auto"}).status_code == 422


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


def test_the_theme_at_the_door_comes_from_its_cookie(world: World) -> None:
    browser = Client()
    browser.cookies["theme"] = "dark"
    assert b'data-theme="dark"' in browser.get("/accounts/login/").content
    browser.cookies["theme"] = "<script>"
    assert b'data-theme="auto"' in browser.get("/accounts/login/").content


def test_what_one_chooses_holds_on_all_ones_devices(world: World) -> None:
    desk, phone = world.browser(world.rita), Client()
    phone.force_login(world.rita)
    phone.cookies["zone"] = "America/New_York"
    chosen = {"language": "en", "time_zone": "Asia/Tokyo", "theme": "dark"}
    assert desk.post("/settings/display", chosen).status_code == 302
    page = phone.get("/settings/display").content.decode()
    assert 'data-theme="dark" time-zone="Asia/Tokyo"' in page
    assert '<option value="Asia/Tokyo" selected>Tokyo</option>' in page
    assert phone.get("/halls/new").content.decode().count('value="Asia/Tokyo"') == 1
    assert desk.post("/settings/theme", {"theme": "light"}).cookies["theme"].value == "light"
    assert b'data-theme="light"' in phone.get("/settings").content
    assert desk.post("/settings/theme", {"theme": "pink"}).status_code == 422
    wrong = {**chosen, "time_zone": "Mars/Olympus"}
    assert desk.post("/settings/display", wrong).status_code == 422
    desk.post("/settings/display", {**chosen, "time_zone": ""})
    assert "time-zone=" not in phone.get("/settings").content.decode()
    assert phone.get("/halls/new").content.decode().count('value="America/New_York"') == 1


def test_a_broken_time_zone_harms_nobody(world: World) -> None:
    browser = world.browser(world.ada)
    for zone in ("Europe/Berlin", "Mars/Olympus", "../../etc/passwd", "", "x" * 5000, "/etc"):
        browser.cookies["zone"] = zone
        assert browser.get("/settings/sessions").status_code == 200


def test_administrators_find_the_invitations(world: World) -> None:
    assert b"/accounts/invitations" in world.browser(world.rita).get("/settings").content
    assert b"/accounts/invitations" not in world.browser(world.ada).get("/settings").content
