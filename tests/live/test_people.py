"""Every deed on spaces, places in them, people and notices converges, too."""

import pytest
from django.test import Client

from hallway.accounts.actions import deactivate, end_access, reactivate
from hallway.hub.frames import DRAWERS, UNSEEN
from hallway.journal.verbs import Verb
from hallway.people.actions import follow
from hallway.spaces.models import Space
from tests.live.screens import Screens
from tests.live.test_entries import picture

pytestmark = [pytest.mark.slow]


def test_every_verb_is_drawn_or_known_to_be_seen_by_nobody() -> None:
    assert DRAWERS.keys() | UNSEEN.keys() == set(Verb)
    assert not DRAWERS.keys() & UNSEEN.keys()
    assert all(reason.strip() for reason in UNSEEN.values())


def test_places_in_spaces(screens: Screens) -> None:
    world = screens.world
    ada, ben, cleo = (world.browser(each) for each in (world.ada, world.ben, world.cleo))
    for room in (world.open, world.closed):
        world.post(room, f"Words in the {room.openness} room", by=world.ada)
    members = f"{world.closed.url}/members"
    pages = {
        "cleo": ["/", world.open.url, world.closed.url, "/notifications/"],
        "ben": ["/", world.open.url, world.closed.url, members],
        "ada": ["/", members],
        "gus": ["/", world.closed.url],
    }

    def do(browser: Client, space: Space, deed: str, **fields: object) -> None:
        assert browser.post(f"{space.url}/{deed}", fields).status_code == 302

    with screens.open(pages):
        do(cleo, world.open, "join")
        screens.after("joined")
        world.post(world.open, "Welcome", by=world.ada)
        screens.after("a post for the new member", quietly=True)
        do(cleo, world.open, "leave")
        screens.after("left")
        do(cleo, world.closed, "ask", message="Please")
        screens.after("asked")
        do(cleo, world.closed, "withdraw")
        screens.after("withdrew")
        do(cleo, world.closed, "ask")
        do(ben, world.closed, "requests/cleo", answer="approve")
        screens.after("approved")
        do(ben, world.closed, "members/cleo/role", role="manager")
        screens.after("made a manager")
        do(ben, world.closed, "members/cleo/role", role="member")
        screens.after("made a member")
        do(ben, world.closed, "members/cleo/remove")
        screens.after("removed")
        world.post(world.closed, "Without Cleo", by=world.ada)
        screens.after("a post after the removal", quietly=True)
        do(ben, world.closed, "invitations/cleo")
        screens.after("invited")
        do(cleo, world.closed, "decline")
        screens.after("declined the invitation")
        do(ben, world.closed, "invitations/cleo")
        do(ben, world.closed, "invitations/cleo/withdraw")
        screens.after("invitation taken back")
        do(cleo, world.closed, "ask")
        do(ben, world.closed, "requests/cleo", answer="decline")
        screens.after("declined")
        do(ben, world.closed, "members/gus/remove")
        screens.after("a guest removed")
        do(ada, world.open, "leave")
        screens.after("another left")
        world.browser(world.ada).post(f"{world.closed.url}/seen")
        screens.after("seen", quietly=True)


def test_spaces_change(screens: Screens) -> None:
    world = screens.world
    ben = world.browser(world.ben)
    world.post(world.open, "Words in the open room", by=world.ada)
    follow(world.ada, by=world.cleo)
    pages = {
        "ada": ["/", world.open.url],
        "cleo": ["/", "/?tab=following", world.open.url, "/people/ada"],
    }
    now = {
        "name": "Open room",
        "description": "",
        "kind": "community",
        "openness": "open",
        "posting": "members",
        "hue_step": "3",
    }

    def change(**fields: str) -> None:
        before = now["openness"]
        now.update(fields)
        sent = {**now, "confirmed": f"{before}-{now['openness']}"}
        response = ben.post(f"{world.open.url}/edit", sent)
        assert response.status_code == 302, response.content.decode()

    with screens.open(pages):
        change(name="The open room")
        screens.after("a new name")
        change(description="A place to write", posting="managers")
        screens.after("a new description")
        change(openness="closed")
        screens.after("closed")
        world.post(world.open, "Behind closed doors", by=world.ada)
        screens.after("a post behind closed doors", quietly=True)
        change(openness="secret")
        screens.after("secret")
        change(openness="open")
        screens.after("open again")


def test_people_change(screens: Screens) -> None:
    world = screens.world
    ada, cleo = world.browser(world.ada), world.browser(world.cleo)
    post = world.post(world.open, "Words", by=world.ada)
    world.post(world.hall, "Words for all", by=world.ada)
    follow(world.ada, by=world.cleo)
    ada.post(f"/e/{post.pk}/comments", {"text": "And more"})
    pages = {
        "cleo": ["/", "/?tab=following", "/people/ada", f"/e/{post.pk}", "/notifications/"],
        "ben": ["/", world.open.url, "/people/ada", "/people/cleo"],
    }
    with screens.open(pages):
        ada.post("/people/me/edit", {"name": "Ada Lovelace", "title": "Handler of claims"})
        screens.after("a new name")
        ada.post("/people/me/edit", {"name": "Ada Lovelace", "title": "", "photo": picture()})
        screens.after("a new photo")
        cleo.post("/people/ben/follow")
        screens.after("followed")
        cleo.post("/people/ada/unfollow")
        screens.after("unfollowed")
        ada.post("/people/cleo/follow")
        screens.after("followed by somebody")
        ada.post(f"/e/{post.pk}/comments", {"text": "@cleo look"})
        screens.after("mentioned", quietly=True)
        cleo.post("/notifications/read")
        screens.after("read")
        cleo.post("/settings", {"language": "en"})
        screens.after("settings")
        deactivate(world.ada, by=world.rita)
        screens.after("deactivated")
        reactivate(world.ada, by=world.rita)
        screens.after("reactivated")


def test_ones_own_other_screen_knows_what_one_did(screens: Screens) -> None:
    world = screens.world
    post = world.post(world.open, "Words", by=world.ada)
    ben = world.browser(world.ben)
    with screens.open({"ben": ["/", f"/e/{post.pk}"]}):
        for kind in ("like", "love", "love"):
            ben.post(f"/e/{post.pk}/react", {"kind": kind})
            screens.after(f"reacted {kind}", quietly=True)
        ben.post("/posts", {"text": "My own", "space": world.open.pk})
        screens.after("an own post", quietly=True)


def test_who_is_signed_out_is_shown_nothing_more(screens: Screens) -> None:
    world = screens.world
    with screens.open({"ada": ["/", world.secret.url], "ben": ["/"]}):
        end_access(world.ada, by=world.rita)
        world.post(world.secret, "Not for Ada", by=world.ben)
        screens.settle()
        for screen in screens.screens:
            if screen.person == world.ada:
                assert screen.closed() == 4003
                assert "Not for Ada" not in screen.page.text
            else:
                screen.listen()
                screen.page.tap()
                assert "Not for Ada" in screen.page.text
