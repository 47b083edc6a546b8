"""Posts that carry others: of rooms that more or fewer people read, and of what is gone."""

from typing import TYPE_CHECKING

from hallway.entries.actions import Draft
from hallway.shares.actions import share
from tests.doors.model import Item

if TYPE_CHECKING:
    from tests.doors.story import Story


def shares_everywhere(story: "Story", tag: str) -> None:
    """Ben passes on what Ada wrote, also where not everybody may see it, each with the `tag`."""
    for room in ("hall", "closed"):
        for other in ("open", "secret"):
            _share(story, tag, room, f"{room}.share-of-{other}", of=f"{other}.post")
    _share(story, tag, "open", "open.share-of-gone", of="closed.passing")


def _share(story: "Story", tag: str, room: str, name: str, *, of: str) -> None:
    if of not in story.entries:
        story.post("closed", of, image=False)
    story.company.items[name] = Item(name, room, "ben", carries=of)
    title, words = (story.canary("item", name, part) for part in ("title", "words"))
    draft = Draft(text=f"{words} #{tag}", title=title)
    story.entries[name] = share(story.entries[of], draft, story.rooms[room], by=story.world.ben)
    if of.endswith(".passing"):
        story.delete(of, by="ada")
