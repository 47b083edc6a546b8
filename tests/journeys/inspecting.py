"""Looking for what people's words must never become: elements, attributes, addresses, deeds."""

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Page, Request

from hallway.people.models import Person
from tests.journeys.screens import Screens

# Drawn by Python and by the libraries.
_BESIDES = ("use", "rect", "circle", "line", "time", "relative-time", "style", "input", "option")
_ROOT = Path(__file__).parents[2]


def _drawn() -> str:
    """The elements that templates, tags, scripts and forms draw, and those of plain words."""
    found = {*_PROSE, *_BESIDES}
    tag = re.compile(r"(?:<|createElement\(\")([a-z][a-z0-9-]*)")
    for file in (*_ROOT.glob("hallway/*/templates/**/*.html"), *_ROOT.glob("frontend/src/*.ts")):
        found |= set(tag.findall(file.read_text("utf-8")))
    return " ".join(found - {"turbo-stream"})


_PROSE = {
    "a": "href rel class",
    "li": "class",
    "ol": "start",
    "td": "class",
    "th": "class",
    **dict.fromkeys(
        ["blockquote", "br", "code", "em", "h3", "h4", "h5", "h6", "hr", "p", "pre", "s", "strong"],
        "",
    ),
    **dict.fromkeys(["table", "tbody", "thead", "tr", "ul"], ""),
}

_ELEMENTS = _drawn()

_SCAN = """(doc, elements, prose) => {
  const wrong = [], ids = new Set(), once = {};
  const known = new Set(elements.split(" "));
  const say = (what, at) => wrong.push(`${what}: ${at.outerHTML.slice(0, 300)}`);
  if (window.__pwned !== undefined) wrong.push(`something ran: ${window.__pwned}`);
  if (window.__clobbered !== undefined) wrong.push("a name of the page was taken");
  if (!(document.forms.act?.action ?? "").startsWith(location.origin) && doc === document
      && document.querySelector("live-screen")) wrong.push("the form for deeds was taken");
  for (const at of doc.querySelectorAll("*")) {
    // What the hub says passes through here, on its way to where it belongs.
    if (at.closest("html > turbo-stream")) continue;
    const tag = at.localName, own = at.namespaceURI;
    if (!known.has(tag)) say("an element nobody draws", at);
    if (own !== "http://www.w3.org/1999/xhtml" && !at.closest("svg.icon, svg.mark, .mark svg"))
      say("a foreign element", at);
    if (at.shadowRoot && tag !== "relative-time") say("a shadow", at);
    for (const { name, value } of at.attributes) {
      if (/^on|pwned|[^a-z0-9:_-]/i.test(name)) say(`an attribute ${name}`, at);
      if (name === "style" && !at.matches(".turbo-progress-bar")) say("a style", at);
      if (/^(xlink:)?href$|^(src|action|formaction|path|poster|srcset|srcdoc|data)$/.test(name)) {
        const url = new URL(value, document.baseURI);
        const out = url.origin !== location.origin;
        if (!["http:", "https:", "mailto:"].includes(url.protocol)) say("an address", at);
        if (out && (tag !== "a" || name !== "href")) say("a foreign address", at);
        if (out && !/nofollow noopener noreferrer/.test(at.rel)) say("a link outside", at);
      }
      if (name === "http-equiv") say("a header", at);
      if (name.startsWith("data-turbo") && at.closest(".prose")) say("an order to Turbo", at);
    }
    if (tag === "template" && !at.matches("image-tray > template, nameless-own > template"))
      say("a template", at);
    if (tag === "turbo-frame" && at.id !== "beside") say("a frame", at);
    if (at.id && ids.has(at.id)) say("an id twice", at);
    ids.add(at.id);
    if (tag === "link" && !at.closest("head")) say("a link element", at);
    if (tag === "style" && !/turbo-progress-bar/.test(at.textContent)) say("a style", at);
    if (tag === "script" && !(at.id === "mine" && at.type === "application/json")
        && !new URL(at.src || "x:", document.baseURI).pathname.startsWith("/static/hallway/app"))
      say("a script", at);
    if (["live-screen", "mine-block", "main", "title", "body"].includes(tag)
        && (once[tag] = (once[tag] ?? 0) + 1) > 1) say("a second one", at);
    if (at.parentElement?.closest(".prose")) {
      const may = prose[tag];
      if (may === undefined) say("an element in words", at);
      for (const { name } of at.attributes)
        if (!(may ?? "").split(" ").includes(name)) say(`an attribute ${name} in words`, at);
    }
  }
  const words = doc.body?.innerText ?? doc.body?.textContent ?? "";
  const unseen = /[\\u0000-\\u0008\\u000e-\\u001f\\u007f-\\u009f\\u200b\\u202a-\\u202e]|[\\u2060-\\u206f\\ufeff]/;
  if (unseen.test(words)) wrong.push(`an unseen sign: ${escape(words.match(unseen)[0])}`);
  const said = [...doc.querySelectorAll("input, textarea")].map((at) => at.value);
  return { wrong, shown: [words, ...said].join(" ").split("__pwned").length - 1 };
}"""  # noqa: E501 (a pattern)

_READ = f"""async ([addresses, elements, prose]) => {{
  const scan = {_SCAN};
  const found = [], queue = [...addresses];
  const work = async () => {{
    for (let address = queue.shift(); address !== undefined; address = queue.shift()) {{
      const answer = await fetch(address, {{ headers: {{ Accept: "text/html" }} }});
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const {{ wrong, shown }} = scan(page, elements, prose);
      if (answer.status >= 500) wrong.push(`it answered ${{answer.status}}`);
      found.push([address, wrong, shown]);
    }}
  }};
  await Promise.all([work(), work(), work()]);
  return found;
}}"""


def watched(screens: Screens, person: Person | None) -> Page:
    """A screen of `person` that also complains of whatever it asks of other hosts."""
    page = screens.of(person, "/settings/sessions" if person else "/accounts/login/")

    def ask(request: Request) -> None:
        asked = urlsplit(request.url)
        if asked.scheme != "data" and f"{asked.scheme}://{asked.netloc}" != screens.address:
            screens.complaints.append(f"asked outside: {request.url}")

    page.on("request", ask)
    return page


def inspect(page: Page, at_least: int = 0) -> None:
    """Nothing ran on this page, nothing could, and `at_least` so many payloads are shown."""
    found = page.evaluate(
        f"([elements, prose]) => ({_SCAN})(document, elements, prose)", [_ELEMENTS, _PROSE]
    )
    assert not found["wrong"], (page.url, found["wrong"][:5])
    assert found["shown"] >= at_least, f"{page.url} shows {found['shown']} of {at_least}"


def visit(page: Page, address: str, at_least: int = 1) -> None:
    """Open a page and the pages that follow it in the list, and inspect each."""
    following: str | None = address
    while following:
        page.goto(following)
        inspect(page, at_least)
        links = page.locator("a[rel=next], a.thread-earlier")
        following = links.first.get_attribute("href") if links.count() else None
        if following and following.startswith("?"):
            following = urlsplit(page.url).path + following


def read_all(page: Page, addresses: Iterable[str]) -> Sequence[int]:
    """Let the browser parse all these pages without opening them; returns how much each shows."""
    wanted = list(addresses)
    found = page.evaluate(_READ, [wanted, _ELEMENTS, _PROSE])
    wrong = {address: words[:3] for address, words, _ in found if words}
    assert not wrong, wrong
    assert len(found) == len(wanted)
    return [shown for _, _, shown in found]
