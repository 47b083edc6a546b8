"""Writing: a post with all that belongs to it, reactions, comments, second thoughts."""

import io
import re
import secrets
import struct
import zlib

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import House
from tests.journeys.screens import Screens, is_live

pytestmark = pytest.mark.browser


def picture(width: int = 640, height: int = 480, colour: str = "teal") -> bytes:
    """A small honest PNG."""
    held = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(held, "PNG")
    return held.getvalue()


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few kilobytes that claims to be enormous, and is when one unpacks it."""

    def chunk(name: bytes, data: bytes) -> bytes:
        checked = name + data
        return struct.pack(">I", len(data)) + checked + struct.pack(">I", zlib.crc32(checked))

    row = zlib.compressobj(9)
    packed = b"".join(row.compress(bytes(width // 8 + 1)) for _ in range(min(height, 2000)))
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    whole = chunk(b"IHDR", head) + chunk(b"IDAT", packed + row.flush()) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + whole


def claiming(width: int, height: int) -> bytes:
    """A JPEG that says it is larger than it is."""
    held = io.BytesIO()
    Image.new("RGB", (64, 64), "teal").save(held, "JPEG")
    data = bytearray(held.getvalue())
    start = data.index(b"\xff\xc0")
    data[start + 5 : start + 9] = struct.pack(">HH", height, width)
    return bytes(data)


def card(page: Page, words: str) -> Locator:
    """The card that holds `words`."""
    return page.locator("article.entry", has_text=words)


def test_a_post_with_title_markdown_mention_tag_and_image(house: House, screens: Screens) -> None:
    world = house.world
    page = screens.of(world.ada, "/")
    mark = secrets.token_hex(4)
    page.get_by_label("Share something").click()
    page.get_by_label("Title, if you like").fill(f"Quarter {mark}")
    page.get_by_label("Where to post").select_option(label="Closed room")
    words = page.get_by_label("Share something")
    words.click()
    page.keyboard.type("We are done")
    page.keyboard.press("Control+a")
    page.get_by_role("button", name="Bold").click()
    expect(words).to_have_value("**We are done**")
    page.keyboard.press("Control+End")
    page.keyboard.type(" with #claims, thanks @be")

    # Only readers are offered: Cleo is not in this space.
    offers = page.get_by_role("listbox")
    expect(offers.get_by_role("option")).to_have_count(1)
    expect(offers).to_contain_text("Ben Okafor")
    page.keyboard.press("Enter")
    expect(words).to_have_value("**We are done** with #claims, thanks @ben ")
    page.keyboard.type("@cl")
    page.wait_for_timeout(500)
    expect(offers).to_have_count(0)
    for _ in range(3):
        page.keyboard.press("Backspace")

    page.locator("input[type=file]").set_input_files(
        {"name": "quarter.png", "mimeType": "image/png", "buffer": picture()}
    )
    page.get_by_label("Describe this image").fill("A teal surface")
    page.get_by_role("button", name="Post", exact=True).click()

    shown = card(page, mark)
    expect(shown.get_by_role("heading", name=f"Quarter {mark}")).to_be_visible()
    expect(shown.locator("strong")).to_have_text("We are done")
    expect(
        shown.get_by_role("link", name="@ben").or_(shown.locator("a[href='/people/ben']"))
    ).to_be_visible()
    expect(shown.get_by_role("img", name="A teal surface")).to_be_visible()
    shown.get_by_role("link", name="#claims").click()
    expect(page.get_by_role("heading", name="#claims", level=1)).to_be_visible()
    expect(card(page, mark)).to_be_visible()

    told = screens.of(world.ben, "/notifications/")
    expect(told.locator(".row", has_text=mark)).to_contain_text("Ada Lund")


def test_react_comment_reply_edit_and_look_back(house: House, screens: Screens) -> None:
    world = house.world
    mark = secrets.token_hex(4)
    world.post(world.open, f"What do we drink? {mark}", by=world.ben)
    page = screens.of(world.ada, "/")
    shown = card(page, mark)
    like = shown.locator(".action[value=like]")
    like.click()
    expect(like).to_have_attribute("aria-pressed", "true")
    expect(like.locator("[data-count]")).to_have_text("1")
    shown.get_by_label("More reactions").click()
    shown.locator(".reactions-sheet").get_by_role("button", name="Celebrate").click()
    expect(shown.locator(".action-chip[value=celebrate]")).to_have_attribute("aria-pressed", "true")
    expect(like).to_have_attribute("aria-pressed", "false")

    shown.get_by_role("link", name="Comment").click()
    page.get_by_label("Write a comment").fill("Tea")
    page.keyboard.press("Control+Enter")
    said = page.locator(".said", has_text="Tea")
    expect(said).to_be_visible()
    expect(page.get_by_label("Write a comment")).to_have_value("")
    said.get_by_role("link", name="Reply").click()
    expect(page.locator(".reply-to:visible")).to_contain_text("Ada Lund")
    page.keyboard.type("Green tea")
    page.keyboard.press("Control+Enter")
    reply = page.locator(".comment-reply", has_text="Green tea")
    expect(reply).to_be_visible()

    reply.locator(".entry-menu > a").click()
    reply.get_by_role("link", name="Edit").click()
    page.get_by_label("Words").fill("Black tea")
    page.get_by_role("button", name="Save").click()
    reply = page.locator(".comment-reply", has_text="Black tea")
    expect(reply).to_be_visible()
    reply.get_by_role("link", name="edited").click()
    expect(page.get_by_role("heading", name="Earlier versions")).to_be_visible()
    expect(page.locator("main")).to_contain_text("Green tea")


def test_deleted_and_brought_back(house: House, screens: Screens) -> None:
    world = house.world
    mark = secrets.token_hex(4)
    world.post(world.open, f"A slip {mark}", by=world.ada)
    page = screens.of(world.ada, "/")
    card(page, mark).locator(".entry-menu > a").click()
    card(page, mark).get_by_role("button", name="Delete").click()
    expect(page.get_by_role("status").get_by_text("Deleted.")).to_be_visible()
    expect(card(page, mark)).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(card(page, mark)).to_be_visible()


def test_words_survive_leaving_the_page_and_a_refusal(house: House, screens: Screens) -> None:
    page = screens.of(house.world.ada, "/")
    page.get_by_label("Share something").fill("half a thought")
    page.get_by_role("link", name="People", exact=True).first.click()
    expect(page.get_by_role("heading", name="People", level=1)).to_be_visible()
    page.get_by_role("link", name="Home", exact=True).first.click()
    expect(page.get_by_label("Share something")).to_have_value("half a thought")
    page.get_by_label("Share something").fill("   ")
    page.get_by_role("button", name="Post", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Write something first.")


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("bomb.png", bomb(60_000, 60_000), "million pixels"),
        ("bomb.jpg", claiming(60_000, 60_000), "million pixels"),
        ("page.png", b"<html><script>alert(1)</script></html>", "not a picture"),
        (
            "logo.svg",
            b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
            "not a picture",
        ),
        ("half.png", picture()[:200], "damaged"),
    ],
)
def test_a_picture_that_is_none_is_refused_in_a_sentence(
    house: House, screens: Screens, name: str, data: bytes, sentence: str
) -> None:
    page = screens.of(house.world.ada, "/")
    page.get_by_label("Share something").fill(f"Look at {name}")
    page.get_by_label("Title, if you like").fill("A picture")
    page.locator("input[type=file]").set_input_files(
        {"name": name, "mimeType": "image/png", "buffer": data}
    )
    page.get_by_role("button", name="Post", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text(re.compile(sentence))
    expect(page.get_by_label("Share something")).to_have_value(f"Look at {name}")
    expect(page.get_by_label("Title, if you like")).to_have_value("A picture")
    is_live(page)
