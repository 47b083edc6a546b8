"""Cards where there is little room, and when somebody changes their mind."""

import pytest
from playwright.sync_api import expect

from hallway.comments.actions import comment
from hallway.entries.actions import Draft, delete, edit, restore
from tests.journeys.conftest import House
from tests.journeys.screens import Screens, is_live

pytestmark = pytest.mark.browser

# How far to the right of its line each part begins that begins one, at every width there may be.
_BEGINNINGS = """(line) => {
  const found = [];
  for (let width = 60; width <= 420; width += 6) {
    line.style.width = `${width}px`;
    let below = line.getBoundingClientRect().top;
    for (const part of line.children) {
      const words = document.createRange();
      words.selectNodeContents(part);
      const lines = [...(part.querySelector("relative-time") ?? words).getClientRects()];
      const [first, last] = [lines[0], lines.at(-1)];
      if (first.top > below + 6) found.push(first.left - line.getBoundingClientRect().left);
      below = last.top;
    }
  }
  return found;
}"""

_COUNT_WAITS = """() => {
  const wait = window.setTimeout;
  window.waits = [];
  window.setTimeout = (what, after, ...rest) => {
    window.waits.push(after);
    return wait(what, after, ...rest);
  };
  Math.random = () => 0.75;
}"""


def test_no_line_begins_with_a_dot(house: House, screens: Screens) -> None:
    world = house.world
    entry = world.post(world.hall, "As it was", by=world.ada)
    edit(entry, title="", text="As it is", by=world.ada)
    page = screens.of(world.ada, entry.url)
    line = page.locator(f"#entry-{entry.pk} .entry-when")
    expect(line).to_contain_text("edited")
    beginnings = line.evaluate(_BEGINNINGS)
    assert len(beginnings) > 20, "nothing was broken into lines"
    assert max(beginnings) < 2


def test_a_comment_is_back_at_once_where_few_look(house: House, screens: Screens) -> None:
    """Many would read the page anew within two seconds, so that not all ask together."""
    world = house.world
    entry = world.post(world.open, "What do you think?", by=world.ada)
    said = comment(Draft("Not sure that I should say this"), entry, by=world.ben)
    page = screens.of(world.ada, entry.url)
    is_live(page)
    words = page.locator(".said", has_text="Not sure")
    delete(said, by=world.ben)
    expect(words).to_be_hidden()
    page.evaluate(_COUNT_WAITS)
    restore(said, by=world.ben)
    expect(words).to_be_visible()
    waits = page.evaluate("waits")
    assert 1500 not in waits
    assert 15 in waits
