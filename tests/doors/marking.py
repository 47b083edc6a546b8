"""Private marks on everything there is: what people saved while they could still see it."""

from typing import TYPE_CHECKING

from hallway.core.guarding import as_system
from hallway.entries.models import Bookmark, Decision, Report

if TYPE_CHECKING:
    from tests.doors.story import Story

SAVERS = ("ada", "cleo", "gus", "rita", "dora")  # all but Ben, whose list stays empty
REPORTED = (".post", ".comment")
REMOVED = ".deleted"


def mark_everything(story: "Story") -> None:
    """Everything is saved, and some of it reported."""
    _save(story)
    _report(story)


def _save(story: "Story") -> None:
    """As if all had once been open to each of them."""
    with as_system("nobody could do this today"):
        Bookmark.objects.bulk_create(
            Bookmark(entry=entry, person=story.world.people[who])
            for who in SAVERS
            for entry in story.entries.values()
        )


def _report(story: "Story") -> None:
    """Dora reported posts and comments everywhere before she left, and Ben removed some."""
    rows = story.entries.items()
    with as_system("nobody could do all of this today"):
        Report.objects.bulk_create(
            Report(entry=entry, by=story.world.dora, reason="Rude")
            for name, entry in rows
            if name.endswith(REPORTED)
        )
        Decision.objects.bulk_create(
            Decision(entry=entry, by=story.world.ben, outcome="removed", reason="Rude")
            for name, entry in rows
            if name.endswith(REMOVED)
        )
