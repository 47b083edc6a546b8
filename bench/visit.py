"""A visit of the home page in Chromium: bytes, layout shift and first paint, first and second time.

All but pictures counts, as it travels. Against the bare limit in the same browser: a page that says
hello, from the same kind of server.

    python -m bench.visit [people] [entries]
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from bench.ready import show
from bench.server import ROOT, serving

MOST_KILOBYTES = 150.0
PICTURES = ("Image", "Media")
# From before the first byte: what moved without anybody having touched anything.
WATCH = """
window.shifted = 0;
new PerformanceObserver((seen) => {
  for (const each of seen.getEntries()) if (!each.hadRecentInput) window.shifted += each.value;
}).observe({type: "layout-shift", buffered: true});
"""
# Waited for inside the page: its policy forbids to ask it the same from outside again and again.
PAINTED = """() => new Promise((painted) => {
  new PerformanceObserver((seen) => {
    const [first] = seen.getEntriesByName("first-contentful-paint");
    if (first) painted(first.startTime);
  }).observe({type: "paint", buffered: true});
})"""


def main() -> int:
    """Print a table; 0 when the first visit is small and nothing moves."""
    given = [int(argument) for argument in sys.argv[1:]]
    people, entries = (*given, *(1_000, 20_000)[len(given) :])
    with tempfile.TemporaryDirectory(prefix="hallway-bench-") as folder:
        first, second, hello = measure(people, entries, folder)
    kinds = ", ".join(f"{kind} {size / 1024:.0f}" for kind, size in sorted(first["kinds"].items()))
    show(
        [
            (
                "first visit, without pictures",
                f"{first['kb']:.0f} KB",
                f"at most {MOST_KILOBYTES:.0f} KB",
            ),
            ("of it, in KB", "", kinds),
            ("second visit", f"{second['kb']:.0f} KB", ""),
            ("layout shift, first visit", f"{first['shift']:.3f}", "0"),
            ("layout shift, second visit", f"{second['shift']:.3f}", "0"),
            ("first paint, first visit", f"{first['paint']:.0f} ms", ""),
            ("first paint, second visit", f"{second['paint']:.0f} ms", ""),
            ("first paint of hello", f"{hello['paint']:.0f} ms", ""),
            ("ratio, first visit to hello", f"{first['paint'] / hello['paint']:.1f}", ""),
        ]
    )
    moved = first["shift"] + second["shift"]
    return int(first["kb"] > MOST_KILOBYTES or moved > 0)


def measure(people: int, entries: int, folder: str) -> tuple[dict[str, Any], ...]:
    """The first visit, the second one, and one of a page that says hello."""
    from hallway.simulation.server import environment as settings_of
    from hallway.simulation.server import free_port, running

    port = free_port()
    environment = settings_of(Path(folder), port, os.environ.get("HALLWAY_DATABASE_URL", ""))
    prepared = subprocess.run(
        [sys.executable, "-m", "bench.preparing", str(people), str(entries)],
        env=environment,
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    key = prepared.stdout.split()[1]
    with (
        # With the hub: without it the page would say that live updates are paused.
        running(environment, port, Path(folder) / "log"),
        serving("bench.hello:application", {}) as greeting,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium") or shutil.which("google-chrome"),
            args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
        )
        # Templates are loaded and styles compressed by the first visitor after the start.
        for _ in range(2):
            first, second = _visits(browser, port, key)
        for _ in range(2):
            hello, _again = _visits(browser, greeting.port, key)
        browser.close()
    return first, second, hello


def _visits(browser: Browser, port: int, key: str) -> list[dict[str, Any]]:
    """Two visits of somebody who was never here."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.add_cookies([{"name": "session", "value": key, "url": f"http://localhost:{port}"}])
    visits = [_visit(context.new_page(), port) for _ in range(2)]
    context.close()
    return visits


def _visit(page: Page, port: int) -> dict[str, Any]:
    kinds: dict[str, float] = defaultdict(float)
    named: dict[str, str] = {}
    told = page.context.new_cdp_session(page)
    told.send("Network.enable")
    told.on(
        "Network.responseReceived", lambda seen: named.update({seen["requestId"]: seen["type"]})
    )

    def count(seen: dict[str, Any]) -> None:
        kinds[named.get(seen["requestId"], "Other")] += seen["encodedDataLength"]

    told.on("Network.loadingFinished", count)
    page.add_init_script(WATCH)
    page.goto(f"http://localhost:{port}/", wait_until="load")
    painted = float(page.evaluate(PAINTED))
    # What comes late may still move something.
    page.wait_for_load_state("networkidle")
    figures = {
        "shift": float(page.evaluate("window.shifted")),
        "paint": painted,
        "kinds": {kind: size for kind, size in kinds.items() if kind not in PICTURES},
    }
    page.close()
    return figures | {"kb": sum(figures["kinds"].values()) / 1024}


if __name__ == "__main__":
    sys.exit(main())
