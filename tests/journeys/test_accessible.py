"""No page and no state of one has a barrier that axe can find, and none is too wide for a phone."""

from collections.abc import Iterator

import pytest
from django.template.loader import get_template
from playwright.sync_api import Page

from hallway.people.actions import add_person
from hallway.people.models import Person
from tests.journeys.axe import findings
from tests.journeys.conftest import House
from tests.journeys.furnishing import Furnished, furnish
from tests.journeys.screens import DESK, Screens
from tests.journeys.tour import NO_PAGES, STOPS, Stop, names
from tests.world import World

pytestmark = [pytest.mark.browser, pytest.mark.slow]

NARROW = {"width": 360, "height": 740}
COLOURS = "color-contrast"


@pytest.fixture(scope="module")
def furnished(founded: World) -> Furnished:
    add_person("eve@company.example", "Eve Öberg", handle="eve")
    return furnish(founded)


@pytest.fixture(scope="module", params=["en", "de"])
def language(request: pytest.FixtureRequest, house: House, furnished: Furnished) -> Iterator[str]:
    """The language of everybody in the company while the tests run."""
    Person.objects.update(language=request.param)
    yield request.param
    Person.objects.update(language="en")


def test_every_page_is_on_the_tour() -> None:
    visited = {stop.view for stop in STOPS if stop.view}
    assert visited | NO_PAGES == set(names())
    assert not visited & NO_PAGES


@pytest.mark.parametrize("stop", STOPS, ids=str)
def test_no_barrier(
    stop: Stop, language: str, furnished: Furnished, house: House, screens: Screens
) -> None:
    person = Person.objects.get(handle=stop.who) if stop.who else None
    if stop.status != 200:
        screens.expect(f"status of {stop.status}")
    page = screens.of(
        person,
        "about:blank",
        reduced_motion="reduce",
        locale="de-DE" if language == "de" else "en-GB",
    )
    if language == "de":
        page.context.add_cookies([{"name": "language", "value": "de", "url": house.address}])
    answer = page.goto(stop.address(furnished))
    assert answer and answer.status == stop.status
    if stop.act:
        stop.act(page)
    examine(page, language, str(stop))


def test_the_page_for_our_own_faults(house: House, screens: Screens) -> None:
    page = screens.of(None, "about:blank", reduced_motion="reduce")
    context = {"company": {"name": "Company", "hue": 166}, "theme": "auto"}
    for name in ("500.html", "403.html", "400.html", "429.html"):
        drawn = get_template(name).render(context)
        page.route(
            "**/fault",
            lambda route, drawn=drawn: route.fulfill(body=drawn, content_type="text/html"),
        )
        page.goto("/fault")
        examine(page, "en", name)
        page.unroute("**/fault")


def examine(page: Page, language: str, name: str) -> None:
    """Ask axe in light and dark, on a desk and on the narrowest phone; look for what sticks out.

    In English with all rules for both sizes and the colours in all four; German differs in its
    words, which are longer: so in size and in what is read out.
    """
    found = {}
    for size, scheme, rules in (
        (DESK, "light", ()),
        (DESK, "dark", (COLOURS,)),
        (NARROW, "light", (COLOURS,)),
        (NARROW, "dark", ()),
    ):
        if language == "de" and rules:
            continue
        page.set_viewport_size(size)  # type: ignore[arg-type]
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        found[f"{size['width']} {scheme}"] = findings(page, *rules)
    wide = page.evaluate("() => document.documentElement.scrollWidth")
    assert not any(found.values()), f"{name} in {language}: " + "\n".join(
        f"[{where}] {line}" for where, lines in found.items() for line in lines
    )
    assert wide <= NARROW["width"], f"{name} in {language} is {wide} pixels wide on a phone"
