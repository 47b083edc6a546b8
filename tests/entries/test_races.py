"""Two deeds with entries at the same moment end as if one had come after the other."""

import pytest
from django.db.models import QuerySet

from hallway.comments.actions import comment
from hallway.entries.actions import Draft, NotAllowed, delete, edit, react, restore
from hallway.entries.models import Entry, Text
from tests.spaces.test_races import race
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_is_being_deleted_is_not_edited(world: World) -> None:
    entry = world.post(world.open, "before", by=world.ada)
    results = race(
        lambda: delete(entry, by=world.ben),
        lambda: edit(entry, title="", text="after", by=world.ada),
    )
    assert results == [True, NotAllowed]
    assert QuerySet(Text).get(pk=entry.pk).source == "before"


def test_to_what_is_being_deleted_nobody_reacts(world: World) -> None:
    entry = world.post(world.open, "before", by=world.ada)
    results = race(lambda: delete(entry, by=world.ada), lambda: react(entry, "like", by=world.cleo))
    assert results == [True, NotAllowed]


def test_undo_loses_against_the_manager_who_deletes(world: World) -> None:
    entry = world.post(world.open, "before", by=world.ada)
    delete(entry, by=world.ada)

    def overtake() -> bool:
        restore(entry, by=world.ada)
        return delete(entry, by=world.ben)

    assert race(overtake, lambda: restore(entry, by=world.ada)) == [True, NotAllowed]
    assert QuerySet(Entry).get(pk=entry.pk).state == "deleted"


def test_the_count_is_right_when_one_comments_while_another_deletes(world: World) -> None:
    entry = world.post(world.open, "Here", by=world.ada)
    gone = comment(Draft("Gone"), entry, by=world.ben)
    race(
        lambda: comment(Draft("New"), entry, by=world.cleo) and True,
        lambda: delete(gone, by=world.ben),
    )
    assert QuerySet(Entry).get(pk=entry.pk).comment_count == 1
