"""People and rooms of the story with a canary in every field."""

from typing import TYPE_CHECKING

from hallway.core.images import Picture
from hallway.people.actions import change_cover, change_links, change_photo, change_profile
from hallway.spaces.actions import change_space, create_space, invite
from tests.doors.model import Room

if TYPE_CHECKING:
    from tests.doors.story import Story


def furnish_people(story: "Story") -> None:
    """Each says something of themselves; some follow others."""
    for name, person in story.world.people.items():
        title, about = (story.canary("person", name, part) for part in ("title", "about"))
        change_profile(person, by=person, title=title, about=about)
        files = {
            size: story.canary("person", name, f"photo{size}").encode() for size in (48, 96, 320)
        }
        change_photo(person, Picture(files, 320, 320, "#aabbcc"), by=person)
        bands = {
            size: story.canary("person", name, f"cover{size}").encode() for size in (640, 1280)
        }
        change_cover(person, Picture(bands, 1280, 320, "#aabbcc"), by=person)
        link = story.canary("person", name, "link")
        change_links(person, [(link, "https://company.example")], by=person)
    for who, whom in (("cleo", "ada"), ("gus", "ada"), ("ada", "ben"), ("rita", "ada")):
        story.follow(who, whom)


def furnish_rooms(story: "Story") -> None:
    """Each is called something, and is for something."""
    for name in ("open", "closed", "secret"):
        title, words = (story.canary("room", name, part) for part in ("name", "description"))
        change_space(story.rooms[name], by=story.world.ben, name=title, description=words)
    # Another secret room, its door ajar: Rita is invited, so she knows of it, no more.
    name, words = (story.canary("room", "ajar", part) for part in ("name", "description"))
    ajar = create_space(name, by=story.world.ben, openness="secret", description=words, slug="ajar")
    invite(ajar, story.world.rita, by=story.world.ben)
    story.rooms["ajar"] = ajar
    story.company.rooms["ajar"] = Room(
        "ajar", "secret", members={"ben"}, managers={"ben"}, invited={"rita"}
    )
