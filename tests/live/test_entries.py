"""Every deed on entries: a page that was told shows what a page read anew shows."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from hallway.people.actions import follow
from tests.live.screens import Screens

pytestmark = [pytest.mark.slow]


def test_posts_and_comments(screens: Screens) -> None:
    world = screens.world
    ada, ben, cleo = (world.browser(each) for each in (world.ada, world.ben, world.cleo))
    follow(world.ada, by=world.cleo)
    post = world.post(world.open, "Ladders #safety", by=world.ada, title="News")
    inside = world.post(world.closed, "Among us", by=world.ada)
    own = f"/e/{post.pk}"
    pages = {
        "ben": ["/", "/?tab=following", world.open.url, "/people/ada", "/tags/safety", own],
        # In German, following Ada, no member of any room.
        "cleo": ["/", "/?tab=following", "/tags/safety", own],
        "gus": ["/", world.closed.url, f"/e/{inside.pk}"],
        "ada": ["/", "/notifications/", "/saved"],
    }
    with screens.open(pages):

        def say(text: str, space: object, **more: object) -> None:
            response = ada.post("/posts", {"text": text, "space": space, **more})
            assert response.status_code == 302

        def answer(browser: object, text: str, under: int, parent: object = "") -> int:
            words = {"text": text, "parent": parent}
            response = browser.post(f"/e/{under}/comments", words)  # type: ignore[attr-defined]
            assert response.status_code == 302
            return int(response["Location"].rpartition("-")[2])

        say("One #safety", world.open.pk)
        screens.after("a post", quietly=True)
        say("Two", world.hall.pk)
        screens.after("a post for all", quietly=True)
        say("Three", world.closed.pk)
        screens.after("a post in a closed room", quietly=True)
        say("Four", 0)
        screens.after("a post on the wall", quietly=True)
        say("With a picture", world.open.pk, images=[picture()], alt=["A red square"])
        screens.after("a post with an image", quietly=True)

        first = answer(ben, "First! @ada", post.pk)
        screens.after("a comment", quietly=True)
        reply = answer(cleo, "Why?", post.pk, first)
        screens.after("a reply", quietly=True)
        second = answer(ada, "Second", post.pk)
        answer(ada, "In here", inside.pk)
        screens.after("two comments", quietly=True)

        ben.post(f"/e/{first}/edit", {"text": "First, edited"})
        screens.after("an edited comment", quietly=True)
        ada.post(f"/e/{second}/edit", {"text": "Second, edited"})
        screens.after("the last comment edited", quietly=True)
        ada.post(f"/e/{post.pk}/edit", {"title": "News", "text": "Ladders #bike"})
        screens.after("an edited post that lost its tag")
        ada.post(f"/e/{post.pk}/edit", {"title": "News", "text": "Ladders #bike #safety"})
        screens.after("an edited post that gained a tag")

        for kind in ("like", "love", "love"):
            cleo.post(f"/e/{post.pk}/react", {"kind": kind})
            cleo.post(f"/e/{first}/react", {"kind": kind})
            screens.after(f"reacted {kind}", quietly=True)

        for entry in (post.pk, first, reply):
            ada.post(f"/e/{entry}/save")
            screens.after("saved", quietly=True)

        cleo.post(f"/e/{reply}/delete")
        screens.after("a deleted reply", quietly=True)
        cleo.post(f"/e/{reply}/restore")
        screens.after("a restored reply")
        ben.post(f"/e/{first}/delete")
        screens.after("a deleted comment", quietly=True)
        ben.post(f"/e/{first}/restore")
        screens.after("a restored comment")
        ada.post(f"/e/{second}/delete")
        screens.after("the last comment deleted", quietly=True)

        ada.post(f"/e/{post.pk}/delete")
        screens.after("a deleted post", quietly=True)
        ada.post(f"/e/{post.pk}/restore")
        screens.after("a restored post")
        ada.post(f"/e/{inside.pk}/delete")
        screens.after("a deleted post in a closed room", quietly=True)
        ada.post(f"/e/{inside.pk}/restore")
        screens.after("a restored post in a closed room")


def test_many_deeds_between_two_looks(screens: Screens) -> None:
    """What waits in the pill changes and goes, and what was counted goes and comes back."""
    world = screens.world
    ada, ben = world.browser(world.ada), world.browser(world.ben)
    follow(world.ada, by=world.ben)
    old = world.post(world.open, "Old", by=world.ada)
    with screens.open({"ben": ["/", world.open.url, "/?tab=following"], "cleo": [world.open.url]}):
        posts = [world.post(world.open, f"Post {n}", by=world.ada).pk for n in range(6)]
        ada.post(f"/e/{posts[0]}/edit", {"text": "Post 0, edited"})
        ben.post(f"/e/{posts[1]}/react", {"kind": "like"})
        ada.post(f"/e/{posts[2]}/delete")
        ada.post(f"/e/{posts[3]}/delete")
        ada.post(f"/e/{posts[3]}/restore")
        ada.post(f"/e/{old.pk}/delete")
        ben.post(f"/e/{posts[4]}/comments", {"text": "Indeed"})
        screens.after("many deeds")
        ada.post(f"/e/{posts[5]}/delete")
        ada.post(f"/e/{old.pk}/restore")
        screens.after("and some more")
        ben.post(f"{world.open.url}/seen")
        screens.after("seen", quietly=True)
        world.post(world.open, "After that", by=world.ada)
        screens.after("one more", quietly=True)


def test_who_comes_late_is_caught_up(screens: Screens) -> None:
    """The same deeds, told in one go to a screen whose page is older than they are.

    But for deletions: after one, whoever was away reads the page anew.
    """
    world = screens.world
    ada = world.browser(world.ada)
    post = world.post(world.open, "Before", by=world.ada)
    ben = [screens.read(world.ben, address) for address in ("/", world.open.url, f"/e/{post.pk}")]
    posts = [world.post(world.open, f"Post {n}", by=world.ada).pk for n in range(4)]
    said = ada.post(f"/e/{post.pk}/comments", {"text": "A comment"})["Location"].rpartition("-")[2]
    ada.post(f"/e/{said}/edit", {"text": "An edited comment"})
    ada.post(f"/e/{posts[0]}/edit", {"text": "Edited"})
    ada.post(f"/e/{post.pk}/react", {"kind": "like"})
    screens.settle()
    with screens.open({"ben": ["/", world.open.url, f"/e/{post.pk}"]}):
        for screen, page in zip(screens.screens, ben, strict=True):
            screen.show(page)
        screens.after("an absence", quietly=True)


def picture() -> SimpleUploadedFile:
    """A small red square."""
    data = io.BytesIO()
    Image.new("RGB", (40, 40), "red").save(data, "PNG")
    return SimpleUploadedFile("red.png", data.getvalue(), "image/png")
