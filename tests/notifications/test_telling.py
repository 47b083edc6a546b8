"""Who is told of which deed, and that a thing told twice stays one line."""

import pytest
from django.db.models import QuerySet

from hallway.entries.actions import delete, edit, react, restore
from hallway.journal.models import Record
from hallway.journal.verbs import Verb
from hallway.notifications.models import Notification
from hallway.people.actions import add_person, follow, unfollow
from hallway.spaces import actions as spaces
from tests.notifications.conftest import Desk

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_mention_reaches_the_named_and_nobody_else(desk: Desk) -> None:
    world = desk.world
    world.post(world.open, "Look at this, @ben", by=world.ada)
    assert desk.said(world.ben) == ["Ada Lund mentioned you in a post"]
    for other in (world.ada, world.cleo, world.gus, world.rita):
        assert desk.said(other) == []


def test_an_outsider_named_in_a_closed_room_hears_nothing(desk: Desk) -> None:
    world = desk.world
    for room in (world.closed, world.secret):
        post = world.post(room, "Do not tell @cleo and @gus", by=world.ada)
        desk.comment(post, "Nor @cleo here", by=world.ben)
    assert desk.said(world.cleo) == []
    assert desk.bell(world.cleo) == 0
    assert desk.said(world.gus) == ["Ada Lund mentioned you in a post"]  # is in the closed room


def test_who_left_the_company_is_told_nothing(desk: Desk) -> None:
    world = desk.world
    post = world.post(world.open, "Good bye @dora", by=world.ada)
    react(post, "like", by=world.ben)
    desk.reader.catch_up()
    assert desk.bell(world.dora) == 0
    assert not QuerySet(Notification).filter(person=world.dora).exists()


def test_comments_reach_the_author_those_answered_and_those_who_wrote_there(desk: Desk) -> None:
    world = desk.world
    post = world.post(world.open, "Lunch?", by=world.ada)
    first = desk.comment(post, "Yes", by=world.ben)
    assert desk.said(world.ada) == ["Ben Okafor commented on your post"]
    desk.comment(first, "When?", by=world.cleo)
    assert desk.said(world.ada) == ["Cleo Marchetti and Ben Okafor commented on your post"]
    assert desk.said(world.ben) == ["Cleo Marchetti replied to your comment"]
    desk.comment(post, "At noon", by=world.rita)
    assert desk.said(world.ada) == ["Rita Sommer and 2 others commented on your post"]
    assert desk.said(world.cleo) == ["Rita Sommer commented on the post by Ada Lund"]
    assert desk.said(world.rita) == []


def test_own_deeds_are_no_news(desk: Desk) -> None:
    world = desk.world
    post = world.post(world.open, "I am @ada", by=world.ada)
    desk.comment(post, "Indeed @ada", by=world.ada)
    react(post, "like", by=world.ada)
    assert desk.said(world.ada) == []


def test_a_mention_beats_the_reply_of_the_same_comment(desk: Desk) -> None:
    world = desk.world
    post = world.post(world.open, "Lunch?", by=world.ada)
    desk.comment(post, "I am in", by=world.ben)
    desk.comment(post, "With @ada and @ben", by=world.cleo)
    assert desk.said(world.ada) == [
        "Cleo Marchetti mentioned you in a comment",
        "Ben Okafor commented on your post",
    ]
    assert desk.said(world.ben) == ["Cleo Marchetti mentioned you in a comment"]


def test_an_edit_tells_only_the_newly_named(desk: Desk) -> None:
    world = desk.world
    post = world.post(world.open, "With @ben", by=world.ada)
    assert desk.bell(world.ben) == 1
    edit(post, title="", text="With @ben and @cleo", by=world.ada)
    assert desk.bell(world.ben) == 1
    assert desk.said(world.cleo) == ["Ada Lund mentioned you in a post"]


def test_a_hundred_reactions_are_one_line_and_one_ring(desk: Desk) -> None:
    world = desk.world
    post = world.post(world.open, "We won", by=world.ada)
    fans = [add_person(f"fan{n}@company.example", f"Fan {n}") for n in range(100)]
    for fan in fans[:99]:
        react(post, "celebrate", by=fan)
    assert desk.said(world.ada) == ["Fan 98 and 98 others reacted to your post"]
    react(post, "love", by=fans[99])
    assert desk.said(world.ada) == ["Fan 99 and 99+ others reacted to your post"]
    assert desk.bell(world.ada) == 1
    assert Record.objects.filter(verb=Verb.NOTICE_CHANGED, person_id=world.ada.pk).count() == 1


def test_a_changed_reaction_is_no_news_and_one_taken_back_never_was(desk: Desk) -> None:
    world = desk.world
    post = world.post(world.open, "We won", by=world.ada)
    react(post, "like", by=world.ben)
    react(post, "love", by=world.cleo)
    before = desk.rows(world.ada)[0].bumped_at
    react(post, "laugh", by=world.ben)
    assert desk.rows(world.ada)[0].bumped_at == before
    react(post, None, by=world.cleo)
    assert desk.said(world.ada) == ["Ben Okafor reacted to your post"]
    react(post, None, by=world.ben)
    assert desk.said(world.ada) == []
    assert desk.bell(world.ada) == 0


def test_what_was_read_begins_anew_with_those_who_came_since(desk: Desk) -> None:
    world = desk.world
    post = world.post(world.open, "We won", by=world.ada)
    react(post, "like", by=world.ben)
    assert desk.bell(world.ada) == 1
    world.browser(world.ada).post("/notifications/read")
    assert desk.bell(world.ada) == 0
    react(post, "like", by=world.cleo)
    assert desk.bell(world.ada) == 1
    assert desk.said(world.ada) == ["Cleo Marchetti reacted to your post"]


def test_what_is_deleted_disappears_and_comes_back(desk: Desk) -> None:
    world = desk.world
    post = world.post(world.open, "With @ben", by=world.ada)
    assert desk.bell(world.ben) == 1
    delete(post, by=world.ada)
    assert (desk.said(world.ben), desk.bell(world.ben)) == ([], 0)
    restore(post, by=world.ada)
    assert desk.said(world.ben) == ["Ada Lund mentioned you in a post"]
    assert desk.bell(world.ben) == 1


def test_when_the_latest_comment_goes_the_line_speaks_of_the_one_before(desk: Desk) -> None:
    world = desk.world
    post = world.post(world.open, "Lunch?", by=world.ada)
    first = desk.comment(post, "Yes", by=world.ben)
    second = desk.comment(post, "Rather no", by=world.cleo)
    assert desk.said(world.ada) == ["Cleo Marchetti and Ben Okafor commented on your post"]
    delete(second, by=world.cleo)
    assert desk.said(world.ada) == ["Ben Okafor commented on your post"]
    assert desk.rows(world.ada)[0].latest_id == first.pk
    delete(first, by=world.ben)
    assert (desk.said(world.ada), desk.bell(world.ada)) == ([], 0)


def test_with_a_comment_go_the_answers_to_it(desk: Desk) -> None:
    world = desk.world
    post = world.post(world.open, "Lunch?", by=world.ada)
    first = desk.comment(post, "Yes", by=world.ben)
    desk.comment(first, "When, @rita?", by=world.cleo)
    assert desk.bell(world.rita) == 1
    delete(first, by=world.ben)
    assert desk.bell(world.rita) == 0
    rung = Record.objects.filter(verb=Verb.NOTICE_CHANGED, person_id=world.rita.pk)
    assert rung.count() == 2  # when it came and when it went


def test_who_is_removed_between_deed_and_reading_sees_neither_line_nor_count(desk: Desk) -> None:
    world = desk.world
    world.post(world.closed, "For @gus", by=world.ada)
    assert desk.bell(world.gus) == 1
    spaces.remove(world.closed, world.gus, by=world.ben)
    assert (desk.said(world.gus), desk.bell(world.gus)) == ([], 0)
    spaces.put_in(world.closed, world.gus, by=world.ben)
    assert "Ada Lund mentioned you in a post" in desk.said(world.gus)


def test_who_is_removed_before_the_reader_comes_is_never_told(desk: Desk) -> None:
    world = desk.world
    world.post(world.secret, "For @ada", by=world.ben)
    spaces.remove(world.secret, world.ada, by=world.ben)
    desk.reader.catch_up()
    assert not QuerySet(Notification).filter(person=world.ada).exists()


def test_followers_gather_in_one_line(desk: Desk) -> None:
    world = desk.world
    follow(world.ada, by=world.ben)
    assert desk.said(world.ada) == ["Ben Okafor follows you"]
    follow(world.ada, by=world.cleo)
    follow(world.ada, by=world.rita)
    assert desk.said(world.ada) == ["Rita Sommer and 2 others follow you"]
    unfollow(world.ada, by=world.rita)
    assert desk.said(world.ada) == ["Cleo Marchetti and Ben Okafor follow you"]


def test_a_guest_hears_only_of_followers_they_know(desk: Desk) -> None:
    world = desk.world
    follow(world.gus, by=world.rita)
    assert desk.said(world.gus) == []
    follow(world.gus, by=world.ada)
    assert desk.said(world.gus) == ["Ada Lund follows you"]


def test_managers_hear_who_asks_until_it_is_answered(desk: Desk) -> None:
    world = desk.world
    spaces.ask(world.closed, "Please", by=world.cleo)
    spaces.ask(world.closed, "Me too", by=world.rita)
    assert desk.said(world.ben) == ["Rita Sommer and Cleo Marchetti ask to join Closed room"]
    assert desk.said(world.ada) == []  # a member, no manager
    spaces.approve(world.closed, world.cleo, by=world.ben)
    spaces.decline(world.closed, world.rita, by=world.ben)
    assert desk.said(world.ben) == []
    assert desk.said(world.cleo) == ["Ben Okafor added you to Closed room"]
    assert desk.said(world.rita) == ["Ben Okafor declined your request to join Closed room"]


def test_who_manages_no_more_is_not_shown_who_asks(desk: Desk) -> None:
    world = desk.world
    spaces.set_role(world.closed, world.ada, "manager", by=world.ben)
    spaces.ask(world.closed, by=world.cleo)
    assert "Cleo Marchetti asks to join Closed room" in desk.said(world.ada)
    spaces.set_role(world.closed, world.ada, "member", by=world.ben)
    assert desk.said(world.ada) == ["Ben Okafor made you an ordinary member of Closed room"]


def test_opening_a_space_ends_its_requests(desk: Desk) -> None:
    world = desk.world
    spaces.ask(world.closed, by=world.cleo)
    assert desk.bell(world.ben) == 1
    spaces.change_space(world.closed, by=world.ben, openness="open")
    assert (desk.said(world.ben), desk.bell(world.ben)) == ([], 0)


def test_closing_a_space_hides_what_was_told_of_it(desk: Desk) -> None:
    world = desk.world
    world.post(world.open, "For @cleo", by=world.ada)
    assert desk.bell(world.cleo) == 1
    spaces.change_space(world.open, by=world.ben, openness="secret")
    assert (desk.said(world.cleo), desk.bell(world.cleo)) == ([], 0)


def test_an_invitation_shows_even_a_secret_room_until_it_is_answered(desk: Desk) -> None:
    world = desk.world
    spaces.invite(world.secret, world.cleo, by=world.ben)
    assert desk.said(world.cleo) == ["Ben Okafor invited you to Secret room"]
    spaces.decline_invitation(world.secret, by=world.cleo)
    assert (desk.said(world.cleo), desk.bell(world.cleo)) == ([], 0)
    spaces.invite(world.secret, world.cleo, by=world.ben)
    spaces.join(world.secret, by=world.cleo)
    assert desk.said(world.cleo) == []


def test_the_newest_part_of_ones_place_replaces_the_rest(desk: Desk) -> None:
    world = desk.world
    spaces.put_in(world.closed, world.cleo, by=world.ben)
    spaces.set_role(world.closed, world.cleo, "manager", by=world.ben)
    assert desk.said(world.cleo) == ["Ben Okafor made you a manager of Closed room"]
    spaces.remove(world.closed, world.cleo, by=world.ben)
    assert desk.said(world.cleo) == ["Ben Okafor removed you from Closed room"]


def test_who_is_removed_from_a_secret_room_is_told_nothing_of_it(desk: Desk) -> None:
    world = desk.world
    spaces.remove(world.secret, world.ada, by=world.ben)
    assert desk.said(world.ada) == []


def test_the_bell_rings_in_the_transaction_of_the_row(desk: Desk) -> None:
    world = desk.world
    world.post(world.open, "Hello @ben and @cleo", by=world.ada)
    desk.reader.catch_up()
    rung = Record.objects.filter(verb=Verb.NOTICE_CHANGED).values_list("person_id", flat=True)
    assert sorted(rung) == sorted([world.ben.pk, world.cleo.pk])
