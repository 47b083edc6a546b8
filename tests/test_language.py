"""Hallway in German: every text is translated, and no page falls back to English.

The pages are read as people meet them, and every piece of text on them is compared with the
English originals. So a text that is marked but not translated, or translated too early (when the
module is loaded instead of when the page is drawn), is found wherever it appears.
"""

import re
import subprocess
import sys
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from django.test import Client
from django.utils.translation import gettext, override, pgettext

from hallway.comments.actions import comment
from hallway.entries.actions import Draft
from hallway.entries.models import Entry
from hallway.people.models import Person
from tests.world import World

ROOT = Path(__file__).parents[1]
GERMAN = ROOT / "hallway" / "locale" / "de" / "LC_MESSAGES" / "django.po"
READ_ALOUD = {"alt", "aria-label", "placeholder", "title"}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w+\}")


@cache
def catalog() -> Catalog:
    with GERMAN.open("rb") as file:
        return read_po(file, locale="de", charset="utf-8")


def messages() -> list[Message]:
    return [message for message in catalog() if message.id]


def forms(text: str | list[str] | tuple[str, ...]) -> list[str]:
    return [text] if isinstance(text, str) else list(text)


@cache
def english() -> tuple[frozenset[str], list[re.Pattern[str]]]:
    """The originals that German must not show: whole ones, and those with places to fill."""
    plain, filled = set(), []
    german = {form for message in messages() for form in forms(message.string)}
    for message in messages():
        for original in set(forms(message.id)) - german:
            if PLACEHOLDER.search(original):
                parts = PLACEHOLDER.split(original)
                # A pattern of names alone would match everything.
                if max(len(part.strip()) for part in parts) > 3:
                    filled.append(re.compile(".+".join(map(re.escape, parts))))
            else:
                plain.add(original)
    return frozenset(plain), filled


class Pieces(HTMLParser):
    """Collects what a page says: its texts, and the attributes that are shown or read aloud."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.hidden += tag in ("script", "style")
        self.found += [
            value for name, value in attrs if value and (name in READ_ALOUD or name[:5] == "data-")
        ]

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in ("script", "style")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.found.append(data)


def english_pieces(html: str) -> list[str]:
    """What of a page is an English original."""
    pieces = Pieces()
    pieces.feed(html)
    plain, filled = english()
    said = {" ".join(piece.split()) for piece in pieces.found}
    return sorted(
        piece
        for piece in said
        if piece in plain or any(pattern.fullmatch(piece) for pattern in filled)
    )


@pytest.fixture
def german(world: World) -> tuple[World, Entry]:
    """The company, with something on every page, read in German by everybody."""
    Person.objects.update(language="de")
    for person in world.people.values():
        person.refresh_from_db()
    entry = world.post(world.open, "Äpfel und Birnen #obst", by=world.ada, title="Obst")
    answer = comment(Draft(text="Äpfel"), entry, by=world.ben)
    comment(Draft(text="Birnen"), answer, by=world.ada)
    browser = world.browser(world.ben)
    browser.post(f"{entry.url}/react", {"kind": "love"})
    browser.post("/people/ada/follow")
    edited = world.browser(world.ada).post(
        f"{entry.url}/edit", {"title": "Obst", "text": "Äpfel, Birnen", "edits": "0"}
    )
    assert edited.status_code == 302
    world.browser(world.cleo).post(f"/spaces/{world.closed.slug}/ask", {"message": "Bitte"})
    return world, entry


def test_every_text_is_collected_and_translated() -> None:
    """The same check as `make check`, so that one forgotten text fails the tests as well."""
    check = subprocess.run(
        [sys.executable, "scripts/messages.py", "check"], cwd=ROOT, capture_output=True, text=True
    )
    assert (check.returncode, check.stderr) == (0, "")


def test_placeholders_are_those_of_the_original() -> None:
    """A wrong name between the braces would break the page that shows it."""
    for message in messages():
        known = {name for form in forms(message.id) for name in PLACEHOLDER.findall(form)}
        for form in forms(message.string):
            assert set(PLACEHOLDER.findall(form)) <= known, message.id


def test_the_company_says_du() -> None:
    """One tone everywhere: whoever is addressed is addressed as a colleague."""
    formal = re.compile(r"\b(Ihnen|Ihr|Ihre[mnrs]?)\b|(?<=\w )Sie\b")
    said = [form for message in messages() for form in forms(message.string)]
    assert [form for form in said if formal.search(form)] == []


def test_nothing_is_joined_from_pieces() -> None:
    """A text that begins or ends with a blank waits for another one beside it."""
    texts = [form for message in messages() for form in forms(message.id)]
    assert [text for text in texts if text != text.strip()] == []


def test_compiled_texts_are_those_of_the_file() -> None:
    """What runs is what was translated; `make setup` compiles it."""
    simple = [each for each in messages() if isinstance(each.id, str) and not each.context]
    with override("de"):
        assert {m.id for m in simple if gettext(str(m.id)) != m.string} == set()
        assert pgettext("verb", "Reply") == "Antworten"


PAGES = {
    "ada": [
        "/",
        "/?tab=following",
        "/posts",
        "/people/",
        "/people/?q=zzz",
        "/people/me/edit",
        "/people/ada",
        "/people/ben",
        "/people/ben/followers",
        "/people/ben/following",
        "/spaces/",
        "/spaces/?q=zzz",
        "/spaces/new",
        "/spaces/{open}",
        "/spaces/{open}/members",
        "/spaces/{open}/about",
        "/spaces/{open}/leave",
        "/spaces/{hall}",
        "/spaces/{hall}/members",
        "/notifications/",
        "/notifications/decide",
        "/settings",
        "/settings/security",
        "/settings/display",
        "/settings/sessions",
        "/settings/notifications",
        "/accounts/password/change/",
        "/search",
        "/search?q=room",
        "/search?q=zzz",
        "/tags/obst",
        "/tags/nichts",
        "/e/{entry}",
        "/e/{entry}/edit",
        "/e/{entry}/history",
        "/e/{entry}/menu",
        "/e/{entry}/reactions",
    ],
    "ben": [
        "/spaces/{closed}/members",
        "/spaces/{closed}/edit",
        "/spaces/{closed}/invite",
        "/spaces/{secret}/leave",
        "/notifications/",
    ],
    "cleo": ["/", "/spaces/", "/spaces/{closed}", "/spaces/{open}", "/notifications/"],
    "gus": ["/", "/people/", "/spaces/", "/spaces/{closed}"],
    "rita": ["/settings", "/accounts/invitations", "/spaces/{hall}/managers", "/people/ada"],
}


@pytest.mark.parametrize("name", PAGES)
def test_pages_in_german_show_no_english(german: tuple[World, Entry], name: str) -> None:
    """Each person walks through the pages of theirs."""
    world, entry = german
    places = {"entry": entry.pk} | {key: space.slug for key, space in world.spaces.items()}
    browser = world.browser(world.people[name])
    left = {}
    for page in PAGES[name]:
        response = browser.get(page.format(**places))
        assert response.status_code == 200, page
        html = response.content.decode()
        assert 'lang="de"' in html, page
        found = english_pieces(html)
        if found:
            left[page] = found
    assert left == {}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/accounts/login/", 200),
        ("/accounts/password/reset/", 200),
        ("/accounts/password/reset/done/", 200),
        ("/accounts/invitation/unknown", 404),
        ("/accounts/first/unknown", 404),
    ],
)
def test_the_door_in_german_shows_no_english(address: str, status: int) -> None:
    """Who has no account yet reads German as well."""
    response = Client(headers={"accept-language": "de"}).get(address)
    assert response.status_code == status
    assert english_pieces(response.content.decode()) == []


def test_errors_speak_german(world: World) -> None:
    """An address with nothing behind it, and a form with a mistake."""
    browser = world.browser(world.cleo)
    missing = browser.get("/e/999999")
    assert missing.status_code == 404
    assert english_pieces(missing.content.decode()) == []
    wrong = browser.post("/spaces/new", {"name": "", "kind": "team", "openness": ""})
    assert wrong.status_code == 422
    assert english_pieces(wrong.content.decode()) == []


def test_the_search_for_english_finds_it(world: World) -> None:
    """The comparison above can fail: in English, it finds plenty."""
    html = world.browser(world.ada).get("/").content.decode()
    assert {"Home", "Notifications", "Your spaces"} <= set(english_pieces(html))


@pytest.mark.django_db
def test_signed_out_people_read_the_language_of_their_browser() -> None:
    """German from anywhere; a language that is not there gives that of the settings."""
    for wish, heading, language in [
        ("de-AT,de;q=0.9,en;q=0.5", "Passwort vergessen?", "de"),
        ("en-GB,en;q=0.9", "Forgot your password?", "en"),
        ("fr", "Forgot your password?", "en"),
    ]:
        response = Client(headers={"accept-language": wish}).get("/accounts/login/")
        assert heading in response.content.decode()
        assert response["Content-Language"] == language
        assert "Accept-Language" in response["Vary"]


@pytest.mark.django_db
def test_signed_out_people_may_choose_another_language() -> None:
    """The choice outlasts the page and outweighs the browser."""
    browser = Client(headers={"accept-language": "en"})
    browser.post("/accounts/language", {"language": "de", "next": "/accounts/login/"})
    assert "Passwort vergessen?" in browser.get("/accounts/login/").content.decode()


def test_signed_in_people_read_the_language_they_chose(world: World) -> None:
    """Cleo chose German and sits at a browser that prefers English."""
    html = world.browser(world.cleo).get("/", headers={"accept-language": "en"}).content.decode()
    assert '<html lang="de"' in html
    assert "Deine Räume" in html
