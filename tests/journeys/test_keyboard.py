"""Who has no mouse sees at every step where they are, and everything can be reached."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from hallway.people.models import Person
from tests.journeys.conftest import House
from tests.journeys.screens import DESK, PHONE, Screens

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MOST_STEPS = 90
THINNEST = 2  # pixels; WCAG 2.4.13 asks for a perimeter of two

# The ring is around what has the focus, or around what holds it: a box to write in, a label.
_WHERE = """(thinnest) => {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  const ring = (one) => {
    const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(one);
    const drawn = outlineStyle !== "none" && parseFloat(outlineWidth) >= thinnest;
    return drawn && !/ 0\\)$/.test(outlineColor);
  };
  const holders = [at, at.closest("label"), at.closest("form"), at.closest(".compose")];
  const large = (one) => one.offsetWidth > 4 && one.offsetHeight > 4;
  const shown = holders.find((one) => one && ring(one) && large(one));
  const { left, top, width, height } = (shown ?? at).getBoundingClientRect();
  const middle = document.elementFromPoint(
    Math.min(Math.max(left + width / 2, 0), innerWidth - 1),
    Math.min(Math.max(top + Math.min(height / 2, 20), 0), innerHeight - 1));
  at.dataset.reached = "";
  return {
    html: at.outerHTML.slice(0, 160), ringed: !!shown,
    uncovered: !!middle && (at.contains(middle) || (shown ?? at).contains(middle)),
  };
}"""

_MISSED = """() => [...document.querySelectorAll(
    "a[href], button, input, select, textarea, summary, [tabindex='0']")]
  .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.disabled
    && one.tabIndex >= 0 && one.type !== "hidden" && one.type !== "radio"
    && one.dataset.reached === undefined)
  .map((one) => one.outerHTML.slice(0, 160))"""

PAGES = {
    "home": ("/?tab=following", "ada"),
    "people": ("/people/", "ada"),
    "person": ("/people/cleo", "ada"),
    "space": ("/spaces/open-room", "ben"),
    "members": ("/spaces/open-room/members", "ben"),
    "form": ("/spaces/open-room/edit", "ben"),
    "settings": ("/settings", "rita"),
    "search": ("/search?q=a", "ada"),
    "sign-in": ("/accounts/login/", ""),
}


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_every_step_is_seen(name: str, scheme: str, house: House, screens: Screens) -> None:
    page = opened(screens, name, color_scheme=scheme, viewport=PHONE if scheme == "dark" else DESK)
    unseen = [step for step in steps(page) if not all(step.values())]
    assert not unseen, "\n".join(map(str, unseen))
    missed = page.evaluate(_MISSED)
    assert not missed, "\n".join(missed)


def test_a_page_without_rings_is_noticed(house: House, screens: Screens) -> None:
    page = opened(screens, "people")
    page.evaluate(
        """() => {
          const bare = new CSSStyleSheet();
          bare.replaceSync("* { outline: none !important }");
          document.adoptedStyleSheets = [bare];
        }"""
    )
    assert not any(step["ringed"] for step in steps(page))


def test_the_first_step_leads_past_the_menu(house: House, screens: Screens) -> None:
    page = opened(screens, "people")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("() => !!document.activeElement.closest('main')")


def opened(screens: Screens, name: str, **options: Any) -> Page:
    """The page of PAGES with that name, with still pictures."""
    path, who = PAGES[name]
    person = Person.objects.get(handle=who) if who else None
    page = screens.of(person, path, reduced_motion="reduce", **options)
    # It unfolds when somebody comes to it, and the title, which was hidden, is before the words.
    page.evaluate("() => document.querySelector('compose-box')?.setAttribute('open', '')")
    return page


def steps(page: Page) -> list[dict[str, Any]]:
    """What the tabulator goes to, one after the other, until it is through."""
    gone: list[dict[str, Any]] = []
    page.evaluate("() => document.activeElement?.blur()")
    for _ in range(MOST_STEPS):
        page.keyboard.press("Tab")
        # Styles of the new place, and scrolling to it.
        page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
        step = page.evaluate(_WHERE, THINNEST)
        if step is None:
            assert gone, "nothing can be reached"
            return gone
        gone.append(step)
    raise AssertionError(f"not through after {MOST_STEPS} steps")
