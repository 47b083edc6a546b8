"""Screens of people: browser windows that notice everything that should not happen in them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.test import Client
from django.utils import translation
from playwright.sync_api import Browser, ConsoleMessage, Page

from hallway.people.models import Person

DESK = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}

# Chromium writes a line for each answer that is not 2xx; forms with errors answer 422 on purpose.
_NO_WORKER = "Service Worker registration blocked by Playwright"
_ON_PURPOSE = r"the server responded with a status of 422"

_IN_MARKDOWN = "if (origin !== 'null') localStorage.setItem('write-in-markdown', 'yes')"

_WATCH = """
window.violations = [];
addEventListener("securitypolicyviolation", (event) => {
  violations.push(`${event.violatedDirective}: ${event.blockedURI} ${event.sample}`);
  console.error(`CSP: ${event.violatedDirective}: ${event.blockedURI} ${event.sample}`);
});
window.shifted = 0;
new PerformanceObserver((seen) => {
  for (const each of seen.getEntries()) if (!each.hadRecentInput) window.shifted += each.value;
}).observe({ type: "layout-shift", buffered: true });
"""


def said(msgid: str, language: str = "en", **values: object) -> str:
    """What the interface says for `msgid` in `language`."""
    with translation.override(language):
        words = translation.gettext(msgid)
    return words % values if values else words


@dataclass
class Screens:
    """Opens screens for people and keeps what they complained about."""

    browser: Browser
    address: str
    complaints: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=lambda: [_ON_PURPOSE, _NO_WORKER])
    contexts: list[Any] = field(default_factory=list)

    def of(self, person: Person | None, path: str = "/", **options: Any) -> Page:
        """Open `path` in a new browser window of `person`, who is signed in; None is nobody.

        They write Markdown, unless `rich` is true: the editor over it has journeys of its own.
        """
        rich = options.pop("rich", False)
        context = self.browser.new_context(
            base_url=self.address,
            locale=options.pop("locale", "en-GB"),
            timezone_id="UTC",
            # A worker stands between a page and what a test answers in the server's place.
            service_workers=options.pop("service_workers", "block"),
            **{"viewport": DESK, **options},
        )
        context.set_default_timeout(20_000)
        context.add_init_script(_WATCH)
        if not rich:
            context.add_init_script(_IN_MARKDOWN)
        self.contexts.append(context)
        if person is not None:
            context.add_cookies([self._session(person)])
        page = context.new_page()
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.complaints.append(f"error: {error}"))
        page.on("dialog", lambda dialog: self._dialog(dialog))
        page.on("response", self._answered)
        page.goto(path)
        return page

    def expect(self, *patterns: str) -> None:
        """Do not mind complaints that match one of `patterns`."""
        self.expected += patterns

    def unexpected(self) -> Sequence[str]:
        """All complaints that were not expected."""
        return [
            words
            for words in self.complaints
            if not any(re.search(pattern, words) for pattern in self.expected)
        ]

    def close(self) -> None:
        """Close all windows."""
        for context in self.contexts:
            context.close()

    def _session(self, person: Person) -> Any:
        client = Client()
        client.force_login(person)
        return {"name": "session", "value": client.cookies["session"].value, "url": self.address}

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(f"{message.type}: {message.text} ({message.location['url']})")

    def _dialog(self, dialog: Any) -> None:
        self.complaints.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _answered(self, response: Any) -> None:
        if response.status >= 500:
            self.complaints.append(f"answer {response.status}: {response.url}")


def is_live(page: Page) -> None:
    """Wait until the hub has told this screen that it is up to date."""
    page.wait_for_function(
        "() => (document.querySelector('live-screen')?.topics.length ?? 0) > 0"
        " && document.querySelector('live-screen').progress.topics.length > 0"
    )
