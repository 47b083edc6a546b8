"""What lies in the list before somebody is seen: the bell falls silent, the rows stay new."""

import pytest

from hallway.journal.models import Record
from hallway.journal.verbs import Verb
from hallway.notifications import queries
from hallway.people.actions import follow
from tests.notifications.conftest import Desk

pytestmark = pytest.mark.django_db(transaction=True)


def until(desk: Desk) -> str:
    """What Ben's list tells the server: the newest row that it shows."""
    page = desk.world.browser(desk.world.ben).get("/notifications/").content.decode()
    cursor = queries.cursor_of(desk.rows(desk.world.ben)[0])
    assert f'<notices-seen until="{cursor}">' in page
    return cursor


def look(desk: Desk, **given: object) -> None:
    """Ben's open page says what he has before him."""
    answer = desk.world.browser(desk.world.ben).post("/notifications/seen", given)
    assert answer.status_code == 204


def test_looking_at_the_list_silences_the_bell_and_reads_nothing(desk: Desk) -> None:
    world = desk.world
    world.post(world.open, "One @ben", by=world.ada)
    world.post(world.open, "Two @ben @rita", by=world.ada)
    assert desk.bell(world.ben) == 2
    look(desk, until=until(desk))
    assert desk.bell(world.ben) == 0
    assert all(row.is_new for row in desk.rows(world.ben))
    page = world.browser(world.ben).get("/notifications/").content.decode()
    assert page.count("row-new") == 2
    assert "Mark all as read" in page
    assert desk.bell(world.rita) == 1, "somebody else's bell rings on"


def test_what_comes_after_the_list_was_drawn_is_counted(desk: Desk) -> None:
    world = desk.world
    world.post(world.open, "One @ben", by=world.ada)
    desk.bell(world.ben)
    drawn = until(desk)
    world.post(world.open, "Two @ben", by=world.ada)
    assert desk.bell(world.ben) == 2
    look(desk, until=drawn)
    assert desk.bell(world.ben) == 1


def test_a_seen_row_that_grows_counts_again_and_rings(desk: Desk) -> None:
    world = desk.world
    post = world.post(world.open, "Lunch?", by=world.ben)
    desk.comment(post, "Yes", by=world.ada)
    desk.bell(world.ben)
    look(desk, until=until(desk))
    rung = Record.objects.filter(verb=Verb.NOTICE_CHANGED, person_id=world.ben.pk)
    before = rung.count()
    desk.comment(post, "When?", by=world.rita)
    assert desk.bell(world.ben) == 1
    assert rung.count() == before + 1
    assert desk.said(world.ben) == ["Rita Sommer and Ada Lund commented on your post"]


def test_all_screens_hear_of_it_once(desk: Desk) -> None:
    world = desk.world
    world.post(world.open, "One @ben", by=world.ada)
    desk.bell(world.ben)
    drawn = until(desk)
    rung = Record.objects.filter(verb=Verb.NOTICE_CHANGED, person_id=world.ben.pk)
    before = rung.count()
    look(desk, until=drawn)
    look(desk, until=drawn)
    assert rung.count() == before + 1


def test_looking_at_a_follower_reads_that_one_follows(desk: Desk) -> None:
    world = desk.world
    follow(world.ben, by=world.ada)
    assert desk.bell(world.ben) == 1
    look(desk, person=world.rita.pk)
    assert desk.bell(world.ben) == 1
    page = world.browser(world.ben).get(world.ada.url).content.decode()
    assert f'<notices-seen person="{world.ada.pk}">' in page
    look(desk, person=world.ada.pk)
    assert not any(row.is_new for row in desk.rows(world.ben))


def test_a_broken_place_is_not_found(desk: Desk) -> None:
    browser = desk.world.browser(desk.world.ben)
    assert browser.post("/notifications/seen", {"until": "x.y"}).status_code == 404
