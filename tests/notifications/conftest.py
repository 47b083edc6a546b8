"""The story world with a reader of the journal that has seen its beginning."""

from dataclasses import dataclass

import pytest

from hallway.entries.actions import Draft, publish
from hallway.entries.models import Entry
from hallway.journal.following import Follower
from hallway.notifications import queries
from hallway.notifications.models import Notification
from hallway.notifications.reader import follower
from hallway.notifications.sentences import line
from hallway.people.models import Person
from tests.world import World, build_world


@dataclass
class Desk:
    """What lies on people's desks after the reader has gone on."""

    world: World
    reader: Follower

    def rows(self, person: Person) -> list[Notification]:
        """The notifications `person` is shown now, newest first."""
        self.reader.catch_up()
        return queries.page_of(person).rows

    def said(self, person: Person) -> list[str]:
        """Their sentences, without marks."""
        rows = self.rows(person)
        seconds = queries.named_in(rows, person)
        sentences = [str(line(row, seconds).sentence) for row in rows]
        return [text.replace("<b>", "").replace("</b>", "") for text in sentences]

    def bell(self, person: Person) -> int:
        """What the bell of `person` says now."""
        self.reader.catch_up()
        return queries.unread_count(person)

    def comment(self, parent: Entry, text: str, *, by: Person) -> Entry:
        """Answer an entry."""
        return publish("comment", Draft(text=text), parent.space, by=by, parent=parent)


@pytest.fixture
def world(db: None) -> World:
    """A fresh company whose Cleo reads English, so that sentences can be compared."""
    world = build_world()
    world.cleo.language = "en"
    world.cleo.save(update_fields=["language"])
    return world


@pytest.fixture
def desk(transactional_db: None, world: World) -> Desk:
    """Everybody's desk, empty: the reader begins after the world was made."""
    reader = follower()
    reader.begin_now()
    return Desk(world, reader)
