"""Take the pictures of the documentation anew: start a demo, sign in, look, write them."""

import io
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs" / "screenshots"
PASSWORD = "nordlicht-demo"  # noqa: S105 - of the demo, which prints it
VIEWERS = {
    "en": "mia.keller@nordlicht.example",
    "de": "lukas.weber@nordlicht.example",
    "host": "amara.osei@nordlicht.example",
}
"""Who looks: by the language of their profile, or as the host of the town hall."""
DESK, PHONE = {"width": 1360, "height": 1000}, {"width": 390, "height": 844}
PATIENCE = 120.0
MOST_BYTES = 600_000
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-dev-shm-usage"]


@dataclass(frozen=True)
class Shot:
    """One picture, as `viewer` sees it.

    `path` may begin with "thread", the newest post of a space, or with "hall", the town hall that
    is on air from the first such picture on.
    """

    name: str
    path: str
    phone: bool = False
    dark: bool = False
    viewer: str = "en"


SHOTS = [
    Shot("home", "/"),
    Shot("home-dark", "/", dark=True),
    Shot("home-phone", "/", phone=True),
    Shot("home-german", "/", viewer="de"),
    Shot("space", "/spaces/claims-europe"),
    Shot("thread", "thread"),
    Shot("people", "/people/"),
    Shot("notifications", "/notifications/"),
    Shot("hall", "hall"),
    Shot("hall-phone", "hall", phone=True, dark=True),
    Shot("on-air", "/", dark=True),
    Shot("desk", "hall/desk", viewer="host"),
    Shot("wall", "hall/screen"),
]


@contextmanager
def demo() -> Iterator[str]:
    """A demo in a temporary folder on a free port; yields its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    folder = tempfile.mkdtemp(prefix="hallway-screenshots-")
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("HALLWAY_")},
        "HALLWAY_DATA": folder,
        "PYTHONPATH": str(ROOT),
    }
    code = "import sys; from hallway.cli import main; sys.exit(main())"
    command = [sys.executable, "-c", code, "demo", "--quiet", "--port", str(port)]
    process = subprocess.Popen(command, env=environment, cwd=folder, stdout=subprocess.DEVNULL)
    address = f"http://localhost:{port}"
    try:
        _wait_for(address, process)
        yield address
    finally:
        process.terminate()
        process.wait(20)
        shutil.rmtree(folder, ignore_errors=True)


def _wait_for(address: str, process: "subprocess.Popen[bytes]") -> None:
    end = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < end:
        try:
            urllib.request.urlopen(f"{address}/accounts/login/", timeout=5).close()  # noqa: S310
        except (urllib.error.URLError, OSError):
            time.sleep(0.5)
        else:
            return
    raise SystemExit("The demo did not start.")


def take(browser: Browser, address: str, shot: Shot, cookies: list[dict[str, str]]) -> None:
    """Take one picture and write it."""
    context = browser.new_context(
        viewport=PHONE if shot.phone else DESK,
        locale="de-DE" if shot.viewer == "de" else "en-GB",
        timezone_id="Europe/Berlin",
        color_scheme="dark" if shot.dark else "light",
        device_scale_factor=2 if shot.phone else 1,
        has_touch=shot.phone,
        is_mobile=shot.phone,
        reduced_motion="reduce",
    )
    context.add_cookies(cookies)
    page = context.new_page()
    path = shot.path
    if path == "thread":
        page.goto(f"{address}/spaces/claims-europe", wait_until="load")
        path = page.locator("article.entry .entry-title a").first.get_attribute("href") or "/"
    if path.startswith("hall"):
        path = path.replace("hall", _hall(page, address), 1)
    page.goto(address + path, wait_until="load")
    page.evaluate("document.fonts.ready")
    _let_pictures_come(page)
    _write(page.screenshot(), FOLDER / f"{shot.name}.png")
    context.close()


def _hall(page: Page, address: str) -> str:
    """The path of the town hall on air."""
    page.goto(f"{address}/halls/", wait_until="load")
    return page.locator(".row-name").first.get_attribute("href") or "/halls/"


def open_the_doors(browser: Browser, address: str, cookies: list[dict[str, str]]) -> None:
    """As its host, open the town hall that comes next and put the first question on stage."""
    context = browser.new_context(viewport=DESK)
    context.add_cookies(cookies)
    page = context.new_page()
    desk = f"{address}{_hall(page, address)}/desk"
    page.goto(desk)
    page.locator("button[formaction$='/open']").first.click()
    page.wait_for_timeout(500)
    page.goto(desk)
    page.locator("button[formaction$='/stage']").first.click()
    page.wait_for_timeout(500)
    context.close()


def _let_pictures_come(page: Page) -> None:
    page.wait_for_function(
        "[...document.images].every(image => image.complete || image.loading === 'lazy')"
    )
    page.wait_for_timeout(400)


def _write(data: bytes, path: Path) -> None:
    """Write a screenshot; one that is large gets a palette, which takes a third of the room."""
    image = Image.open(io.BytesIO(data)).convert("RGB")
    image.save(path, optimize=True)
    if path.stat().st_size > MOST_BYTES:
        image.quantize(256, dither=Image.Dither.FLOYDSTEINBERG).save(path, optimize=True)
    print(f"{path.relative_to(ROOT)}  {path.stat().st_size // 1024} KB")


def sign_in(browser: Browser, address: str, viewer: str) -> list[dict[str, str]]:
    """Sign in one of the viewers; returns the cookies of the session."""
    context = browser.new_context(viewport=DESK)
    page = context.new_page()
    page.goto(f"{address}/accounts/login/")
    page.fill("[name=login]", VIEWERS[viewer])
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(re.compile(rf"{re.escape(address)}/$"))
    cookies = [
        {"name": each["name"], "value": each["value"], "url": address} for each in context.cookies()
    ]
    context.close()
    return cookies


def main() -> int:
    """Take all pictures, or those whose names are given."""
    wanted = [shot for shot in SHOTS if not sys.argv[1:] or shot.name in sys.argv[1:]]
    chromium = shutil.which("chromium") or shutil.which("google-chrome")
    if chromium is None:
        raise SystemExit("There is no Chromium here. On Debian: sudo apt install chromium")
    FOLDER.mkdir(parents=True, exist_ok=True)
    with demo() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=ARGUMENTS)
        cookies: dict[str, list[dict[str, str]]] = {}
        on_air = False
        for shot in wanted:
            if shot.path.startswith("hall") and not on_air:
                open_the_doors(browser, address, sign_in(browser, address, "host"))
                on_air = True
            if shot.viewer not in cookies:
                cookies[shot.viewer] = sign_in(browser, address, shot.viewer)
            take(browser, address, shot, cookies[shot.viewer])
        browser.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
