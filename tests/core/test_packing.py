"""Pages travel compressed to who asked for them, and never to who could measure them."""

import dataclasses
import gzip
import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.staticfiles.finders import find
from django.test import Client, override_settings

from hallway.company.present import company
from tests.world import World

pytestmark = pytest.mark.django_db

GZIP = {"accept-encoding": "gzip, deflate, br, zstd"}
OURS = {**GZIP, "sec-fetch-site": "same-origin"}
MOST = 150 * 1024
FONT = "hallway/fonts/inter-latin.woff2"


def encoding(answer: Any) -> str:
    return str(answer.headers.get("Content-Encoding", ""))


def test_a_page_comes_compressed_and_whole(world: World) -> None:
    world.post(world.open, "Hello **there**", by=world.ben)
    browser = world.browser(world.ada)
    plain = browser.get("/")
    answers = [browser.get("/", headers=OURS) for _ in range(8)]
    for answer in answers:
        assert encoding(answer) == "gzip"
        assert int(answer["Content-Length"]) == len(answer.content) < len(plain.content) / 3
        assert "<strong>there</strong>" in gzip.decompress(answer.content).decode()
        assert {"Cookie", "Accept-Encoding", "Sec-Fetch-Site"} <= set(answer["Vary"].split(", "))
    # Of random length, and never the same token: eight that are alike would be a wonder.
    assert len({len(answer.content) for answer in answers}) > 1
    assert encoding(browser.get("/people/", headers={**GZIP, "sec-fetch-site": "none"})) == "gzip"


@pytest.mark.parametrize("asked_by", ["cross-site", "same-site", "something new"])
def test_what_another_site_asked_for_keeps_its_length(world: World, asked_by: str) -> None:
    answer = world.browser(world.ada).get("/", headers={**GZIP, "sec-fetch-site": asked_by})
    assert answer.status_code == 200
    assert encoding(answer) == ""
    assert "Sec-Fetch-Site" in answer["Vary"]


def test_over_https_a_browser_has_to_say_who_asked(world: World) -> None:
    browser = world.browser(world.ada)
    assert encoding(browser.get("/", headers=GZIP)) == "gzip"
    config = dataclasses.replace(settings.CONFIG, base_url="https://testserver")
    with override_settings(CONFIG=config):
        assert encoding(browser.get("/", headers=GZIP)) == ""
        assert encoding(browser.get("/", headers=OURS)) == "gzip"


@pytest.mark.parametrize("takes", ["", "br", "gzip;q=0", "gzip; q=0.0, br", "xgzip"])
def test_who_does_not_take_it_gets_the_page_as_it_is(world: World, takes: str) -> None:
    answer = world.browser(world.ada).get("/", headers={**OURS, "accept-encoding": takes})
    assert encoding(answer) == ""


def test_the_way_in_is_never_compressed(world: World) -> None:
    """There stand the keys of links and codes."""
    assert encoding(Client().get("/accounts/login/", headers=OURS)) == ""
    assert encoding(world.confirmed(world.ada).get("/accounts/security/", headers=OURS)) == ""


def test_what_is_no_page_goes_as_it_is(world: World) -> None:
    browser = world.browser(world.ada)
    assert encoding(browser.get("/robots.txt", headers=OURS)) == ""
    assert encoding(browser.get("/sw.js", headers=OURS)) == ""
    # Compressed once, by the build.
    assert encoding(browser.get("/static/hallway/app.css", headers=OURS)) == "br"


def test_a_first_visit_of_the_home_page_is_small(world: World) -> None:
    """All that it loads but pictures, with twenty long posts in the stream."""
    words = Path(__file__).read_text().split()
    for number in range(20):
        text = " ".join(words[number : number + 120])
        world.post(world.open, f"Post {number}: {text}", by=world.ben)
    page = world.browser(world.ada).get("/", headers=OURS).content
    html = gzip.decompress(page).decode()
    assert html.count('class="card entry"') == 20
    named = set(re.findall(r'(?:href|src)="/static/([^?"#]+)', html))
    assert {"hallway/app.css", "hallway/app.js", "hallway/icons.svg", FONT} <= named
    parts = {name: _size(name) for name in named}
    parts["page"] = len(page)
    parts["brand"] = len(Client().get(f"/brand/{company().hue}.css").content)
    assert sum(parts.values()) <= MOST, parts


def _size(name: str) -> int:
    """How many bytes of a static file travel."""
    path = find(name)
    assert path, f"{name} is not built"
    packed = Path(f"{path}.br")
    return (packed if packed.exists() else Path(path)).stat().st_size
