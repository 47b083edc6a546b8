"""People hear of what they chose, by the ways they chose, and of nothing else."""

import re

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from hallway.entries.actions import react
from hallway.notifications import telling
from hallway.notifications.actions import attend, choose
from hallway.notifications.channels import USUAL, Channels, channels
from hallway.notifications.models import Attention, Choice, Notification
from hallway.notifications.sheet import GROUPS
from hallway.people.models import Person
from hallway.spaces import actions as spaces
from hallway.spaces.models import Space
from tests.notifications.conftest import Desk
from tests.notifications.test_halls import crowd

pytestmark = pytest.mark.django_db(transaction=True)

Kind, Level = Notification.Kind, Attention.Level
NONE = Channels(bell=False, mail=False, push=False)
MAIL_ONLY = Channels(bell=False, mail=True, push=False)


def hears(person: Person, space: Space, level: Attention.Level) -> None:
    attend({space.pk: level}, by=person)


def test_every_kind_has_what_is_usual_and_only_what_differs_is_stored(desk: Desk) -> None:
    ada = desk.world.ada
    assert set(USUAL) == set(Kind)
    choose({kind: USUAL[kind] for kind in Kind}, by=ada)
    assert not Choice.objects.exists()
    choose({Kind.REPLY: MAIL_ONLY, Kind.MENTION: USUAL[Kind.MENTION]}, by=ada)
    choose({Kind.REPLY: NONE}, by=ada)
    assert channels([ada.pk], Kind.REPLY) == {ada.pk: NONE}
    choose({Kind.REPLY: USUAL[Kind.REPLY]}, by=ada)
    hears(ada, desk.world.open, Level.ALL)
    hears(ada, desk.world.open, Level.NOTHING)
    assert Attention.objects.get().level == Level.NOTHING
    hears(ada, desk.world.open, Level.HIGHLIGHTS)
    assert not Choice.objects.exists() and not Attention.objects.exists()


def test_what_does_not_ring_stands_in_the_list_all_the_same(desk: Desk) -> None:
    world = desk.world
    choose({Kind.REPLY: MAIL_ONLY, Kind.REACTION: NONE}, by=world.ada)
    post = world.post(world.open, "Lunch?", by=world.ada)
    desk.comment(post, "Yes", by=world.ben)
    react(post, "like", by=world.cleo)
    assert desk.said(world.ada) == [
        "Cleo Marchetti reacted to your post",
        "Ben Okafor commented on your post",
    ]
    assert desk.bell(world.ada) == 0
    desk.comment(post, "At noon", by=world.cleo)
    assert desk.rows(world.ada)[0].is_new
    assert desk.bell(world.ada) == 0


def test_a_bell_turned_off_later_takes_back_what_it_counts_with_the_next_news(desk: Desk) -> None:
    world = desk.world
    post = world.post(world.open, "Lunch?", by=world.ada)
    desk.comment(post, "Yes", by=world.ben)
    assert desk.bell(world.ada) == 1
    choose({Kind.REPLY: MAIL_ONLY}, by=world.ada)
    desk.comment(post, "At noon", by=world.cleo)
    assert desk.bell(world.ada) == 0


def test_a_bell_for_what_waits_for_an_answer_always_rings(desk: Desk) -> None:
    world = desk.world
    choose({Kind.ASKED: NONE}, by=world.ben)
    spaces.ask(world.closed, "May I?", by=world.cleo)
    assert desk.bell(world.ben) == 1


def test_of_a_space_one_hears_nothing_the_usual_or_every_post(desk: Desk) -> None:
    world = desk.world
    hears(world.ben, world.open, Level.ALL)
    hears(world.ada, world.open, Level.NOTHING)
    post = world.post(world.open, "The lift is repaired, @ada", by=world.rita)
    world.post(world.closed, "Elsewhere, @ada", by=world.ben)
    react(desk.comment(post, "Thanks", by=world.ada), "like", by=world.rita)
    assert desk.said(world.ada) == ["Ben Okafor mentioned you in a post"]
    assert desk.said(world.ben) == ["Rita Sommer posted"]
    assert desk.said(world.cleo) == []
    world.post(world.open, "And the door, @ben", by=world.rita)
    assert desk.said(world.ben) == ["Rita Sommer mentioned you in a post", "Rita Sommer posted"]


def test_whoever_leaves_or_may_not_read_hears_of_no_post(desk: Desk) -> None:
    world = desk.world
    for person, room in ((world.ada, world.open), (world.gus, world.closed)):
        hears(person, room, Level.ALL)
    hears(world.cleo, world.secret, Level.ALL)  # as if a form were forged
    spaces.leave(world.open, by=world.ada)
    spaces.remove(world.closed, world.gus, by=world.ben)
    for room in (world.open, world.closed, world.secret):
        world.post(room, "News", by=world.ben)
    for person in (world.ada, world.gus, world.cleo):
        assert "Ben Okafor posted" not in desk.said(person)


def test_many_hear_of_a_post_in_portions_and_nobody_twice(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hallway.notifications.of_posts.TOLD_AT_ONCE", 20)
    monkeypatch.setattr(telling, "RUNG_SINGLY", 5)
    world = desk.world
    fans = crowd(desk, 50)
    Attention.objects.bulk_create(
        Attention(person=fan, space=world.hall, level=Level.ALL) for fan in fans
    )
    handle = fans[30].handle
    world.post(world.hall, f"Welcome, @{handle}", by=world.ada)
    desk.reader.catch_up()
    rows = QuerySet(Notification).filter(kind=Kind.POSTED)
    assert rows.count() == len(set(rows.values_list("person_id", flat=True))) == 49
    assert desk.said(fans[30]) == ["Ada Lund mentioned you in a post"]


def test_asking_for_many_people_costs_no_more_than_for_one(desk: Desk) -> None:
    people = [person.pk for person in crowd(desk, 30)]
    for count in (1, 30):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            channels(people[:count], Kind.MENTION, desk.world.open.pk)
        assert len(asked) == 2


def test_the_page_says_and_takes_what_one_wants(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hallway.notifications.channels._offered", ["bell"])
    world, page = desk.world, "/settings/notifications"
    browser = world.browser(world.ada)
    names = [kind for _, kinds in GROUPS for kind in kinds]
    assert sorted(names) == sorted(Kind)
    everything = {f"{kind}.bell": "on" for kind in Kind}
    del everything["reply.bell"], everything["asked.bell"]
    browser.post(page, everything)
    assert not Choice.objects.get(person=world.ada).bell
    assert Choice.objects.get(person=world.ada).kind == Kind.REPLY
    # Mail is not offered here, so its column was not in the form and stays as it was.
    assert channels([world.ada.pk], Kind.REPLY)[world.ada.pk].mail
    wanted = {f"space-{world.open.pk}": "all", f"space-{world.secret.pk}": "nothing"}
    browser.post(f"{page}/spaces", wanted)
    text = browser.get(page).content.decode()
    assert re.search(r'name="reply.bell"[^>]*checked', text) is None
    assert re.search(r'name="asked.bell"[^>]*checked disabled', text)
    for space, level in wanted.items():
        assert re.search(rf'name="{space}".*?value="{level}" selected', text, re.DOTALL)
    assert browser.post(f"{page}/spaces", {f"space-{world.open.pk}": "loud"}).status_code == 404


def test_a_forged_form_gets_no_foreign_space(desk: Desk) -> None:
    world = desk.world
    rooms = {f"space-{room.pk}": "all" for room in (world.secret, world.closed, world.open)}
    world.browser(world.cleo).post("/settings/notifications/spaces", rooms)
    assert not Attention.objects.exists()
    assert (
        "Secret room"
        not in world.browser(world.cleo).get("/settings/notifications").content.decode()
    )
