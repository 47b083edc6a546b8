"""Publishing, editing, deleting, reacting: what each deed leaves in the tables and the journal."""

import uuid

import pytest

from hallway.comments.actions import comment
from hallway.core.guarding import UnguardedAccess, as_system
from hallway.core.text import TextTooLong
from hallway.entries import access
from hallway.entries.actions import Draft, delete, edit, react, restore
from hallway.entries.actions.edit import EditConflict
from hallway.entries.models import Entry, Reaction, Revision, Text
from hallway.journal.models import Record
from hallway.posts.actions import publish_post
from tests.world import World

pytestmark = pytest.mark.django_db


def deeds(entry: Entry) -> list[str]:
    """The verbs the journal holds of an entry, in order."""
    rows = Record.objects.filter(entry_id=entry.pk).order_by("seq")
    return list(rows.values_list("verb", flat=True))


def test_content_cannot_be_read_past_the_rule(world: World) -> None:
    world.post(world.secret, "Canary", by=world.ben)
    for model in (Entry, Text, Reaction, Revision):
        with pytest.raises(UnguardedAccess):
            model.objects.count()


def test_the_same_key_publishes_once(world: World) -> None:
    key = uuid.uuid4()
    first = publish_post(Draft("Once", key=key), world.open, by=world.ada)
    again = publish_post(Draft("Once", key=key), world.open, by=world.ada)
    assert again.pk == first.pk
    assert deeds(first) == ["entry.published"]
    other = publish_post(Draft("Mine", key=key), world.open, by=world.ben)
    assert other.pk != first.pk


def test_mentions_reach_readers_only(world: World) -> None:
    entry = world.post(world.secret, "Hello @ada, @cleo and @dora", by=world.ben)
    with as_system("a test reads the words"):
        html = Text.objects.get(pk=entry.pk).html
    assert 'href="/people/ada"' in html
    assert "/people/cleo" not in html
    assert "/people/dora" not in html
    told = Record.objects.filter(entry_id=entry.pk, verb="entry.mentioned")
    assert [row.person_id for row in told] == [world.ada.pk]


def test_an_edit_keeps_what_was_said(world: World) -> None:
    entry = world.post(world.open, "Frist", by=world.ada)
    assert edit(entry, title="", text="First", by=world.ada, edits=0)
    assert not edit(entry, title="", text="First", by=world.ada)
    with as_system("a test reads the history"):
        assert [row.source for row in Revision.objects.filter(entry=entry)] == ["Frist"]
    with pytest.raises(EditConflict):
        edit(entry, title="", text="Second", by=world.ada, edits=0)
    assert deeds(entry) == ["entry.published", "entry.edited"]


def test_only_those_newly_named_are_told(world: World) -> None:
    entry = world.post(world.open, "@ben look", by=world.ada)
    edit(entry, title="", text="@ben and @cleo look", by=world.ada)
    told = Record.objects.filter(entry_id=entry.pk, verb="entry.mentioned").order_by("seq")
    assert [row.person_id for row in told] == [world.ben.pk, world.cleo.pk]


def test_deleting_takes_the_conversation_and_undo_brings_it_back(world: World) -> None:
    entry = world.post(world.open, "Here #tag", by=world.ada)
    said = comment(Draft("Yes"), entry, by=world.ben)
    reply = comment(Draft("No"), said, by=world.cleo)
    before = entry.listed
    assert delete(entry, by=world.ada)
    assert not access.visible_to(world.ben).filter(pk__in=(entry.pk, said.pk, reply.pk)).exists()
    assert not access.tags_to(world.ben).filter(listed__isnull=False).exists()
    assert not delete(entry, by=world.ada)
    assert restore(entry, by=world.ada)
    assert access.visible_to(world.ben).filter(pk__in=(entry.pk, said.pk, reply.pk)).count() == 3
    assert access.visible_to(world.ben).get(pk=entry.pk).listed == before


def test_a_deleted_comment_takes_its_replies_and_the_count_follows(world: World) -> None:
    entry = world.post(world.open, "Here", by=world.ada)
    said = comment(Draft("Yes"), entry, by=world.ben)
    comment(Draft("No"), said, by=world.cleo)
    comment(Draft("Also"), entry, by=world.cleo)
    assert access.visible_to(world.ada).get(pk=entry.pk).comment_count == 3
    delete(said, by=world.ben)
    assert access.visible_to(world.ada).get(pk=entry.pk).comment_count == 1
    restore(said, by=world.ben)
    assert access.visible_to(world.ada).get(pk=entry.pk).comment_count == 3


def test_an_answer_to_a_reply_joins_the_replies_of_the_comment(world: World) -> None:
    entry = world.post(world.open, "Here", by=world.ada)
    said = comment(Draft("One"), entry, by=world.ben)
    reply = comment(Draft("Two"), said, by=world.cleo)
    deeper = comment(Draft("Three"), reply, by=world.ada)
    assert (deeper.root_id, deeper.parent_id) == (entry.pk, said.pk)


def test_one_reaction_each_and_the_counts_equal_the_rows(world: World) -> None:
    entry = world.post(world.open, "Here", by=world.ada)
    react(entry, "like", by=world.ben)
    react(entry, "love", by=world.ben)
    react(entry, "love", by=world.cleo)
    assert not react(entry, "love", by=world.cleo)
    assert access.visible_to(world.ada).get(pk=entry.pk).reaction_counts == {"love": 2}
    react(entry, None, by=world.ben)
    assert access.visible_to(world.ada).get(pk=entry.pk).reaction_counts == {"love": 1}
    with as_system("a test counts"):
        assert Reaction.objects.filter(entry=entry).count() == 1


def test_too_long_is_refused_and_nothing_is_written(world: World) -> None:
    with pytest.raises(TextTooLong):
        world.post(world.open, "x" * 20_001, by=world.ada)
    assert not Record.objects.filter(verb="entry.published").exists()


def test_readers_are_the_inverse_of_visible(world: World) -> None:
    for room in world.spaces.values():
        entry = world.post(room, "Who reads this?", by=world.ben)
        readers = set(access.readers_of(entry).values_list("pk", flat=True))
        for person in world.people.values():
            sees = access.visible_to(person).filter(pk=entry.pk).exists()
            assert sees == (person.pk in readers), (room, person)
