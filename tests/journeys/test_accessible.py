"""No page and no state of one has a barrier that axe can find, and none is too wide for a phone.

Each is seen twice: on a desk in light, on a phone in dark. Where somebody does something first,
once in English and once in German. All others are loaded once for both screens: every fourth in
English, the others in German, whose words are longer.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import pytest
from django.conf import settings
from django.test import Client, override_settings
from django.urls import URLPattern, get_resolver, reverse
from django.utils import translation
from playwright.sync_api import Browser, CDPSession, Page

from hallway.core.guarding import as_system
from hallway.people.actions import add_person
from hallway.people.models import Person
from tests.journeys.axe import findings
from tests.journeys.conftest import House
from tests.journeys.faults import FAULTS, answered
from tests.journeys.furnishing import Furnished, furnish
from tests.journeys.no_pages import NO_PAGES
from tests.journeys.pictures import picture, sent_ahead
from tests.journeys.screens import DESK, PHONE, Screens
from tests.journeys.tour import STOPS

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LANGUAGES = ("en", "de")
# 320 pixels: the width to which pages must reflow, which is a desk at 400 % (WCAG 1.4.10).
NARROWEST = {"width": 320, "height": 640}
LOOKS: dict[str, dict[str, Any]] = {
    "desk-light": {"viewport": DESK, "color_scheme": "light"},
    "phone-dark": {"viewport": PHONE, "color_scheme": "dark", "has_touch": True},
}

_SHAPE = """() => ({
  lang: document.documentElement.lang,
  headings: [...document.querySelectorAll("h1")].map((one) => one.textContent.trim()),
  wide: document.documentElement.scrollWidth,
  outside: [...document.querySelectorAll("body *")]
    .filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
    .map((one) => one.outerHTML.slice(0, 160)),
})"""


@dataclass
class Tabs:
    """One tab for each person, look and language, which goes from page to page."""

    screens: Screens
    company: Furnished
    open: dict[tuple[str, str, str], Page] = field(default_factory=dict)
    touch: dict[Page, CDPSession] = field(default_factory=dict)

    def of(self, who: str, look: str, language: str) -> Page:
        """The tab of the person with the handle `who`; "" is nobody."""
        if (who, look, language) not in self.open:
            person = Person.objects.get(handle=who) if who else None
            page = self.screens.of(
                person,
                "about:blank",
                reduced_motion="reduce",
                locale="de-DE" if language == "de" else "en-GB",
                **LOOKS[look],
            )
            cookie = {"name": "language", "value": language, "url": self.screens.address}
            page.context.add_cookies([cookie])  # type: ignore[list-item]
            # No draft of an earlier stop.
            page.context.add_init_script("if (origin !== 'null') localStorage.clear()")
            self.open[who, look, language] = page
        # Everybody's: pages behind links from mails speak the language of whom they were sent to.
        Person.objects.update(language=language)
        page = self.open[who, look, language]
        self.change(page, look)
        self.screens.complaints.clear()
        return page

    def change(self, page: Page, look: str) -> None:
        """Let an open page see another screen."""
        page.set_viewport_size(LOOKS[look]["viewport"])
        page.emulate_media(color_scheme=LOOKS[look]["color_scheme"], reduced_motion="reduce")
        if page not in self.touch:
            self.touch[page] = page.context.new_cdp_session(page)
        fingers = {"enabled": "has_touch" in LOOKS[look]}
        self.touch[page].send("Emulation.setTouchEmulationEnabled", fingers)
        page.evaluate(
            "() => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)))"
        )


@pytest.fixture(scope="module")
def furnished(house: House) -> Furnished:
    add_person("eve@company.example", "Eve Öberg", handle="eve")
    return furnish(house.world)


@pytest.fixture(scope="module")
def tabs(house: House, furnished: Furnished, browser: Browser) -> Iterator[Tabs]:
    opened = Screens(browser, house.address)
    yield Tabs(opened, furnished)
    opened.close()


@pytest.mark.parametrize(
    ("place", "looks"),
    [
        pytest.param(place, looks, id="-".join([str(stop), *looks]))
        for place, stop in enumerate(STOPS)
        for looks in ([[look] for look in LOOKS] if stop.act else [list(LOOKS)])
    ],
)
def test_no_barrier(place: int, looks: list[str], tabs: Tabs, furnished: Furnished) -> None:
    stop, first = STOPS[place], looks[0]
    language = language_of(place, first) if stop.act else LANGUAGES[place % 4 > 0]
    page = tabs.of(stop.who, first, language)
    answer = page.goto(stop.address(furnished))
    assert answer and answer.status == stop.status
    if stop.act:
        stop.act(page)
    for look in looks:
        if look != first:
            tabs.change(page, look)
        examine(page, look, language)
    leave(page, tabs.screens, stop.status)


def test_no_barrier_where_something_went_wrong(tabs: Tabs) -> None:
    for place, (name, answer) in enumerate(FAULTS.items()):
        language = LANGUAGES[place % 2]
        page = tabs.of("", "desk-light", language)
        with translation.override(language):
            response = answer()
        page.route("**/fault", answered(response))
        page.goto("/fault")
        for look in LOOKS:
            tabs.change(page, look)
            # Drawn without asking anything, so not even in which language.
            examine(page, look, "en" if name == "broken" else language)
        page.unroute("**/fault")
        leave(page, tabs.screens, response.status_code)


def test_every_page_is_on_the_tour() -> None:
    visited = {stop.view for stop in STOPS}
    excepted = [name for names in NO_PAGES.values() for name in names]
    assert len(excepted) == len(set(excepted))
    assert not visited & set(excepted)
    assert visited | set(excepted) == set(addresses())


def test_what_is_not_on_the_tour_is_no_page(furnished: Furnished, tmp_path: Any) -> None:
    """By what it answers: deeds refuse to be read, all else is data, a file, a way or a part."""
    browser, moderator, administrator = Client(), Client(), Client()
    browser.force_login(furnished.world.ada)
    moderator.force_login(furnished.world.ben)
    administrator.force_login(Person.objects.get(handle="rita"))  # their password is new
    callers = {"townhalls:export": moderator, "console:audit": administrator}
    logo = tmp_path / "logo.png"
    logo.write_bytes(picture("teal").getvalue())
    for reason, names in NO_PAGES.items():
        for name in names:
            with override_settings(CONFIG=replace(settings.CONFIG, logo=logo)):
                who = callers.get(name.partition("-")[0], browser)
                answer = who.get(sample(name, furnished))
            said = (name, answer.status_code, answer.headers.get("Content-Type"))
            if reason == "a deed, by POST only":
                assert answer.status_code == 405, said
            elif reason == "an address for nobody, which answers all alike":
                assert answer.status_code == 403, said
            elif reason.startswith(("a way to something else", "a file for whoever")):
                assert answer.status_code == 302, said
            elif reason.startswith("a part that"):
                assert b"<turbo-frame" in answer.content and b"<html" not in answer.content, said
            elif reason == "data for a script":
                assert answer.headers["Content-Type"] == "application/json", said
            else:
                assert answer.status_code == 200, said
                assert "text/html" not in answer.headers["Content-Type"], said


def test_the_sweep_finds_what_is_wrong(tabs: Tabs) -> None:
    """Each kind of finding, on a page that is broken on purpose."""
    for broken, told in {
        "document.querySelector('.bar-find').removeAttribute('aria-label')": "link-name",
        "document.querySelector('h1').style.cssText = 'color: #888; background: #999'": "contrast",
        "document.querySelector('main').append(document.createElement('h1'))": "heading",
        "document.querySelector('main').style.minInlineSize = '340px'": "where there are 320",
        "document.documentElement.lang = 'fr'": "fr",
    }.items():
        page = tabs.of("ada", "phone-dark", "en")
        page.goto("/search")
        # What is set from here is no style of the page, so its policy has no say in it.
        page.evaluate(f"() => {{ {broken} }}")
        with pytest.raises(AssertionError, match=told):
            examine(page, "phone-dark", "en")


@pytest.mark.parametrize(
    ("only", "told"),
    [
        ("(prefers-color-scheme: dark) { h1 { color: #888; background: #999 } }", "contrast"),
        ("(pointer: coarse) { main { min-inline-size: 340px } }", "where there are 320"),
    ],
)
def test_the_sweep_finds_what_only_the_second_screen_shows(
    only: str, told: str, tabs: Tabs
) -> None:
    page = tabs.of("ada", "desk-light", "en")
    page.goto("/search")
    page.evaluate(
        """(only) => {
          const sheet = new CSSStyleSheet();
          sheet.replaceSync(`@media ${only}`);
          document.adoptedStyleSheets.push(sheet);
        }""",
        only,
    )
    examine(page, "desk-light", "en")
    tabs.change(page, "phone-dark")
    with pytest.raises(AssertionError, match=told):
        examine(page, "phone-dark", "en")


def language_of(place: int, look: str) -> str:
    """English and German by turns, the other one on the other screen."""
    return LANGUAGES[(place + list(LOOKS).index(look)) % 2]


def examine(page: Page, look: str, language: str) -> None:
    """Ask axe; see that there is one heading, the language is told, and nothing sticks out."""
    found = findings(page)
    assert not found, "\n".join(found)
    shape = page.evaluate(_SHAPE)
    assert shape["lang"] == language
    assert len(shape["headings"]) == 1 and all(shape["headings"]), shape["headings"]
    widths = [LOOKS[look]["viewport"]]
    if look.startswith("phone"):
        widths.append(NARROWEST)
    for size in widths:
        page.set_viewport_size(size)
        shape = page.evaluate(_SHAPE)
        wide, outside = shape["wide"], "\n".join(shape["outside"])
        assert wide <= size["width"], f"{wide} wide where there are {size['width']}:\n{outside}"


def leave(page: Page, screens: Screens, status: int) -> None:
    """Go away; nothing may have been complained about."""
    # Of the same house, for which the browser needs no new process, as it would for none.
    page.goto("/healthz")
    wanted = (f"status of {status}", f"answer {status}")
    unexpected = [words for words in screens.unexpected() if not any(w in words for w in wanted)]
    assert not unexpected, "\n".join(unexpected)


def addresses() -> Iterator[str]:
    """The name of every address of Hallway."""
    for name, _ in patterns(get_resolver().url_patterns, ""):
        yield name


def patterns(among: list[Any], prefix: str) -> Iterator[tuple[str, URLPattern]]:
    """Every pattern with its full name."""
    for one in among:
        if isinstance(one, URLPattern):
            yield f"{prefix}{one.name}", one
        else:
            inner = f"{prefix}{one.namespace}:" if one.namespace else prefix
            yield from patterns(one.url_patterns, inner)


def sample(name: str, company: Furnished) -> str:
    """The address `name` with something of this company in it."""
    values: dict[str, object] = {
        "hue": 166,
        "handle": "ben",
        "slug": company.world.open.slug,
        "pk": company.number_of(name.partition(":")[0]),
        "number": 1,
        "name": "space",
        "version": Person.objects.get(handle="ben").photo[-8:],
        "size": 192 if name in ("site:picture", "site:maskable") else 96,
    }
    if name == "entries:image":
        with as_system("a test looks for an image of its own"):
            image = company.long.attachments.order_by("pk").first()
        values |= {"pk": image.pk, "width": 640}  # type: ignore[union-attr]
    values |= company.cover if name == "people:cover" else {}
    if name == "entries:kept":
        values["pk"] = sent_ahead(company.world.ada).pk
    pattern = dict(patterns(get_resolver().url_patterns, ""))[name].pattern
    wanted = [*pattern.converters, *pattern.regex.groupindex]
    query = f"?space={company.world.open.pk}" if name == "spaces:complete-by-number" else ""
    return reverse(name, kwargs={key: values[key] for key in wanted}) + query
