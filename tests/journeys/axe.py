"""Axe-core, asked inside a page about what is on it."""

from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

SCRIPT = Path(__file__).parents[2] / "frontend/node_modules/axe-core/axe.min.js"

_RUN = """async (only) => {
  const options = { resultTypes: ["violations"] };
  if (only.length) options.runOnly = { type: "rule", values: only };
  const { violations } = await axe.run(document, options);
  return violations.map(({ id, help, nodes }) => ({
    id, help,
    nodes: nodes.slice(0, 4).map(
      ({ html, failureSummary }) => `${html.slice(0, 220)}\\n      ${failureSummary}`),
  }));
}"""


@cache
def _script() -> str:
    return SCRIPT.read_text("utf-8")


def findings(page: Page, *only: str) -> list[str]:
    """What axe finds on the page as it is now, as text; `only` names rules, default are all.

    The script comes in by the debugger, which no content security policy hinders.
    """
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(f"() => {{ {_script()} }}")
    found: list[dict[str, Any]] = page.evaluate(_RUN, list(only))
    return [f"{one['id']}: {one['help']}\n    " + "\n    ".join(one["nodes"]) for one in found]
