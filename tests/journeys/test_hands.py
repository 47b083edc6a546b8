"""By thumb and by keyboard: the phone's bottom bar, and everything without a mouse."""

import secrets

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import House
from tests.journeys.screens import PHONE, Screens
from tests.world import PASSWORD

pytestmark = pytest.mark.browser

_FOCUS = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  const box = at.getBoundingClientRect();
  const around = at.closest("label, search-box form, .row, .compose") ?? at;
  const ring = (element) => {
    const style = getComputedStyle(element);
    return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0)
      || style.boxShadow !== "none";
  };
  return {
    name: at.getAttribute("aria-label")
      || (at.matches("select, input") && at.name) || at.innerText || at.tagName,
    seen: box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0,
    ring: ring(at) || ring(around),
    words: at.matches("input, textarea, select"),
  };
}"""


def focused(page: Page) -> dict[str, object]:
    """What has the focus; it must be in sight and marked."""
    at = page.evaluate(_FOCUS)
    assert at, f"nothing has the focus on {page.url}"
    assert at["seen"], f"the focus is out of sight: {at}"
    # In a text field the caret shows where one is, besides whatever its frame does.
    assert at["ring"] or at["words"], f"the focus cannot be seen: {at}"
    return dict(at)


def tab_to(page: Page, name: str, most: int = 60) -> None:
    """Press Tab until the focus is on something called `name`."""
    met = []
    for _ in range(most):
        page.keyboard.press("Tab")
        at = focused(page)
        met.append(str(at["name"]).strip())
        if name in met[-1]:
            return
    raise AssertionError(f"“{name}” cannot be reached; met {met}")


def settled(page: Page) -> None:
    """Wait until what was sent has arrived, and the page has been read anew."""
    expect(page.locator(".pending")).to_have_count(0)
    expect(page.locator("html[aria-busy]")).to_have_count(0)
    page.wait_for_load_state("networkidle")


def test_from_the_door_to_the_menu_by_keyboard(house: House, screens: Screens) -> None:
    mark = secrets.token_hex(4)
    page = screens.of(None, "/")
    tab_to(page, "login")
    page.keyboard.type("ada@company.example")
    tab_to(page, "password")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Home", level=1)).to_be_attached()

    page.keyboard.press("Tab")
    assert "Skip" in str(focused(page)["name"])
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    tab_to(page, "Share something")
    page.keyboard.type(f"Typed {mark}")
    tab_to(page, "Bold")
    tab_to(page, "space")
    page.keyboard.type("Open")
    tab_to(page, "Post")
    page.keyboard.press("Enter")
    shown = page.locator("article.entry", has_text=mark)
    expect(shown).to_be_visible()
    settled(page)

    tab_to(page, "What you can do")
    page.keyboard.press("Enter")
    expect(shown.locator(".menu-sheet")).to_be_visible()
    assert "Copy link" in str(focused(page)["name"])
    page.keyboard.press("ArrowDown")
    assert "Save" in str(focused(page)["name"])
    page.keyboard.press("Escape")
    expect(shown.locator(".menu-sheet")).to_have_count(0)
    assert "What you can do" in str(focused(page)["name"])

    tab_to(page, "Like")
    page.keyboard.press("Enter")
    expect(shown.locator(".action[value=like]")).to_have_attribute("aria-pressed", "true")
    tab_to(page, "More reactions")
    page.keyboard.press("Enter")
    tab_to(page, "Celebrate")
    page.keyboard.press("Enter")
    expect(shown.locator(".action-chip[value=celebrate]")).to_be_visible()
    assert "More reactions" in str(focused(page)["name"])
    tab_to(page, "Comment")
    page.keyboard.press("Enter")
    expect(page.locator("#comments")).to_be_visible()
    tab_to(page, "Write a comment")
    page.keyboard.type("And said")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".said", has_text="And said")).to_be_visible()
    settled(page)

    page.keyboard.press("Escape")
    page.locator("body").click(position={"x": 5, "y": 5})
    page.keyboard.press("/")
    assert "Search" in str(focused(page)["name"])
    page.keyboard.press("Escape")
    page.evaluate("() => document.querySelector('.bar-home').focus()")
    tab_to(page, "Your menu")
    page.keyboard.press("Enter")
    tab_to(page, "Settings")
    page.keyboard.press("Escape")
    assert "Your menu" in str(focused(page)["name"])


def test_by_thumb(house: House, screens: Screens) -> None:
    world = house.world
    mark = secrets.token_hex(4)
    page = screens.of(world.ada, "/people/", viewport=PHONE, has_touch=True, is_mobile=True)
    bar = page.get_by_role("navigation", name="Main, at the bottom")
    expect(bar).to_be_visible()
    expect(page.get_by_role("navigation", name="Main", exact=True)).to_be_hidden()
    for item in bar.locator("a").all():
        box = item.bounding_box()
        assert box and box["width"] >= 44 and box["height"] >= 44

    bar.get_by_role("link", name="Write a post").tap()
    words = page.get_by_label("Share something")
    expect(words).to_be_focused()
    words.fill(f"On the way {mark}")
    page.get_by_label("Where to post").select_option(label="Open room")
    page.get_by_role("button", name="Post", exact=True).tap()
    shown = page.locator("article.entry", has_text=mark)
    expect(shown).to_be_visible()
    shown.get_by_label("More reactions").tap()
    shown.locator(".reactions-sheet").get_by_role("button", name="Support").tap()
    expect(shown.locator(".action-chip[value=support]")).to_be_visible()
    bar.get_by_role("link", name="Alerts").tap()
    expect(page.get_by_role("heading", name="Notifications", level=1)).to_be_visible()
    bar.get_by_role("link", name="Spaces").tap()
    expect(page.get_by_role("heading", name="Spaces", level=1)).to_be_visible()
    page.get_by_role("link", name="Search").tap()
    page.get_by_role("searchbox", name="People, spaces and tags").fill("ben")
    page.get_by_role("button", name="Search").tap()
    expect(page.get_by_role("link", name="Ben Okafor")).to_be_visible()
