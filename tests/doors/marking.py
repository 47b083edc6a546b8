"""Private marks on everything there is: what people saved while they could still see it."""

from typing import TYPE_CHECKING

from hallway.core.guarding import as_system
from hallway.entries.models import Bookmark

if TYPE_CHECKING:
    from tests.doors.story import Story

SAVERS = ("ada", "cleo", "gus", "rita", "dora")  # all but Ben, whose list stays empty


def save_everything(story: "Story") -> None:
    """As if all had once been open to each of them."""
    with as_system("nobody could do this today"):
        Bookmark.objects.bulk_create(
            Bookmark(entry=entry, person=story.world.people[who])
            for who in SAVERS
            for entry in story.entries.values()
        )
