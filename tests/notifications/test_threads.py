"""Following and muting conversations: who hears of a comment, a reaction, a mention."""

import pytest

from hallway.entries.actions import react
from hallway.notifications import threads
from hallway.notifications.models import ThreadChoice
from hallway.people.actions import add_person
from hallway.spaces.actions import remove
from tests.notifications.conftest import Desk

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_muted_conversation_is_silent_but_for_mentions(desk: Desk) -> None:
    world = desk.world
    post = world.post(world.open, "Who takes the cake?", by=world.ada)
    threads.choose(post, "muted", by=world.ada)
    said = desk.comment(post, "Me", by=world.ben)
    react(post, "love", by=world.ben)
    assert desk.said(world.ada) == []
    desk.comment(said, "Really, @ada?", by=world.cleo)
    assert desk.said(world.ada) == ["Cleo Marchetti mentioned you in a comment"]
    threads.choose(post, "", by=world.ada)
    desk.comment(post, "Done", by=world.ben)
    assert "Ben Okafor commented on your post" in desk.said(world.ada)


def test_a_reaction_to_a_comment_there_is_silent_too(desk: Desk) -> None:
    world = desk.world
    post = world.post(world.open, "Who takes the cake?", by=world.ada)
    said = desk.comment(post, "Me", by=world.ben)
    threads.choose(post, "muted", by=world.ben)
    react(said, "love", by=world.ada)
    assert desk.said(world.ben) == []


def test_who_follows_hears_of_every_comment_while_they_may_read_it(desk: Desk) -> None:
    world = desk.world
    post = world.post(world.open, "Who takes the cake?", by=world.ada)
    hidden = world.post(world.secret, "Hush", by=world.ben)
    threads.choose(post, "followed", by=world.rita)
    threads.choose(hidden, "followed", by=world.ada)
    remove(world.secret, world.ada, by=world.ben)
    desk.comment(post, "Me", by=world.ben)
    desk.comment(hidden, "Still hush", by=world.ben)
    assert desk.said(world.rita) == ["Ben Okafor commented on the post by Ada Lund"]
    assert desk.said(world.ada) == ["Ben Okafor commented on your post"]
    desk.comment(post, "Look, @rita", by=world.ben)
    heard = desk.said(world.rita)
    assert heard[0] == "Ben Okafor mentioned you in a comment"
    assert len(heard) == 2


def test_a_crowd_of_followers_is_told_in_parts(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    world = desk.world
    monkeypatch.setattr("hallway.notifications.of_comments.TOLD_AT_ONCE", 3)
    post = world.post(world.hall, "Who takes the cake?", by=world.ada)
    crowd = [add_person(f"p{n}@company.example", f"Person {n}") for n in range(8)]
    for person in crowd:
        threads.choose(post, "followed", by=person)
    desk.comment(post, "Me", by=world.ben)
    assert [desk.bell(person) for person in (*crowd, world.ada)] == [1] * 9
    assert desk.bell(world.ben) == 0


def test_the_menu_offers_what_is_not_chosen_yet(desk: Desk) -> None:
    world = desk.world
    post = world.post(world.open, "Who takes the cake?", by=world.ben)
    said = desk.comment(post, "Me", by=world.ben)
    browser = world.browser(world.ada)
    address = f"/notifications/threads/{post.pk}"
    for choice in ("followed", "muted", ""):
        assert browser.post(address, {"choice": choice}).status_code == 302
        menu = browser.get(f"/e/{said.pk}/menu").content.decode()
        for other in ("followed", "muted"):
            offered = f'formaction="{address}" name="choice" value="{other}"' in menu
            assert offered == (other != choice)
    assert not ThreadChoice.objects.exists()
    assert browser.post(address, {"choice": "loud"}).status_code == 404
    assert browser.post(f"/notifications/threads/{said.pk}", {"choice": "muted"}).status_code == 404
    secret = world.post(world.secret, "Hush", by=world.ben)
    outside = world.browser(world.cleo)
    assert outside.post(f"/notifications/threads/{secret.pk}").status_code == 404
