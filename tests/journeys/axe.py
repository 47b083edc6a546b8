"""Axe-core, asked inside a page about what is on it."""

from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

SCRIPT = Path(__file__).parents[2] / "frontend/node_modules/axe-core/axe.min.js"

# A colour on its way to another is neither of them.
_SETTLED = """async () => {
  await document.fonts.ready;
  // While Turbo is on its way it marks the page as busy, which axe does not know of `html`.
  const busy = () => document.documentElement.hasAttribute("aria-busy");
  for (let tries = 0; busy() && tries < 100; tries++) await new Promise((go) => setTimeout(go, 50));
  const moving = document.getAnimations().filter((one) =>
    one.playState === "running" && one.effect.getComputedTiming().iterations !== Infinity);
  await Promise.allSettled(moving.map((one) => one.finished));
}"""

_RUN = """async () => {
  const { violations } = await axe.run(document, { resultTypes: ["violations"] });
  return violations.map(({ id, help, nodes }) => ({
    id, help,
    nodes: nodes.slice(0, 4).map(
      ({ html, failureSummary }) => `${html.slice(0, 220)}\\n      ${failureSummary}`),
  }));
}"""


@cache
def _script() -> str:
    return SCRIPT.read_text("utf-8")


def findings(page: Page) -> list[str]:
    """What axe finds on the page as it is now, as text.

    The script comes in by the debugger, which no content security policy hinders.
    """
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(f"() => {{ {_script()} }}")
    page.evaluate(_SETTLED)
    found: list[dict[str, Any]] = page.evaluate(_RUN)
    return [f"{one['id']}: {one['help']}\n    " + "\n    ".join(one["nodes"]) for one in found]
