"""The doors that find things: directories, search, completion, and where one may write."""

import re

from django.urls import reverse

from tests.doors.looking import Look, door
from tests.doors.model import Company
from tests.doors.organised import MANAGERS
from tests.doors.story import SHARED

OPTION = re.compile(r'<option value="(\d+)"')
SEARCHED = (".post", ".deleted", ".restored", ".comment", ".under")
COUNT = re.compile(rf"#{SHARED} · (\d+)")


@door("directory of spaces", "spaces:find", "stream:beside", "stream:spaces")
def spaces(look: Look) -> None:
    """Every room one may know of, with its description."""
    due: set[str] = set()
    for name in look.company.rooms:
        if look.company.knows_room(look.who, name):
            due |= look.story.words_of("room", name)
    for query in ("", "?mine=1", "?q=cnry", "?kind=community"):
        _, text = look.get(f"/spaces/{query}")
        look.expect(query, text, due if query != "?mine=1" else ())
    look.expect("beside home", look.get("/beside")[1])
    look.expect("first steps", look.get("/welcome/spaces")[1])


@door("directory of people", "people:directory", "people:me", "stream:people")
def people(look: Look) -> None:
    """Everybody one may know of who is still here."""
    due: set[str] = set()
    for name in look.story.world.people:
        if look.company.offered(look.who, name):
            due |= look.story.words_of("person", name, "title")
    for query in ("", "?q=", "?location=Oslo", "?q=cleo", "?q=rita"):
        _, text = look.get(f"/people/{query}")
        look.expect(query, text, () if query else due)
    look.expect("first steps", look.get("/welcome/people")[1])


@door("team", "people:team")
def team(look: Look) -> None:
    """The org chart: whom the viewer may know above and below somebody."""
    for name in look.story.world.people:
        status, text = look.get(f"/people/{name}/team")
        look.opened(f"team of {name}", status, look.company.knows(look.who, name))
        due = look.story.words_of("person", name, "title") if status == 200 else set()
        for below, manager in MANAGERS.items():
            if status == 200 and manager == name and look.company.offered(look.who, below):
                due |= look.story.words_of("person", below, "title")
            if status == 200 and below == name and look.company.knows(look.who, manager):
                due |= look.story.words_of("person", manager, "title")
        look.expect(f"team of {name}", text, due)


@door("unit", "people:unit")
def unit(look: Look) -> None:
    """A unit with the units around it and those of its people one may know."""
    for name, row in look.story.units.items():
        status, text = look.get(f"/people/units/{row.pk}")
        look.opened(f"unit {name}", status, look.company.knows_unit(look.who, name))
        due: set[str] = set()
        if status == 200:
            due |= look.story.words_of("unit", name)
            for each in look.company.below(name):
                if look.company.knows_unit(look.who, each.name):
                    due |= look.story.words_of("unit", each.name)
            for person in look.company.units[name].people:
                if look.company.offered(look.who, person):
                    due |= look.story.words_of("person", person, "title")
        look.expect(f"unit {name}", text, due)


@door("circles", "people:followers", "people:following")
def circles(look: Look) -> None:
    """Who follows whom."""
    for name in look.story.world.people:
        for kind in ("followers", "following"):
            status, text = look.get(f"/people/{name}/{kind}")
            look.opened(f"{kind} of {name}", status, look.company.knows(look.who, name))
            look.expect(f"{kind} of {name}", text)


@door("search for people", "site:search")
def search_people(look: Look) -> None:
    """By name."""
    for name in look.story.world.people:
        _, text = look.get(f"/search?q={name}")
        offered = look.company.offered(look.who, name)
        due = look.story.words_of("person", name, "title") if offered else set()
        look.expect(name, text, due)


@door("search for spaces", "site:search")
def search_spaces(look: Look) -> None:
    """By the beginning of a name or a description, so that the answer does not echo the word."""
    for name in look.company.rooms:
        for word in look.story.words_of("room", name):
            _, text = look.get(f"/search?q={word[:-1]}")
            known = look.company.knows_room(look.who, name)
            look.expect(name, text, look.story.words_of("room", name, "name") if known else ())


@door("search for tags", "site:search")
def search_tags(look: Look) -> None:
    """By the beginning of a tag; and the count of a tag that stands nearly everywhere."""
    for name, item in look.company.items.items():
        if not name.endswith(SEARCHED):
            continue
        for word in look.story.words_of("item", name, "tag"):
            _, text = look.get(f"/search?q=%23{word[:-1]}")
            listed = not item.above and look.company.sees(look.who, name)
            look.expect(name, text, {word} if listed else ())
    _, text = look.get(f"/search?q={SHARED[:-1]}")
    shown = COUNT.search(text)
    look.same("the count", int(shown[1]) if shown else 0, len(list(look.company.posts(look.who))))


@door("completion of people", "people:complete")
def complete(look: Look) -> None:
    """Whom to name, when no room is known."""
    for name in look.story.world.people:
        _, text = look.get(f"/people/complete?q={name}")
        due = ()
        if look.company.offered(look.who, name):
            due = look.story.words_of("person", name, "title")
        look.expect(name, text, due)
    look.expect("nobody yet", look.get("/people/complete")[1])


@door("completion in a space", "spaces:complete", "spaces:complete-by-number")
def complete_in_space(look: Look) -> None:
    """Whom to name in a room: its readers."""
    for room, row in look.story.rooms.items():
        addresses = [f"/spaces/complete?space={row.pk}&q="]
        if row.slug:
            addresses.append(f"/spaces/{row.slug}/complete?q=")
        for address in addresses:
            for name in look.story.world.people:
                status, text = look.get(address + name)
                look.opened(room, status, look.company.reads(look.who, room))
                due = ()
                if look.company.offered(look.who, name, room):
                    due = look.story.words_of("person", name, "title")
                look.expect(f"{name} in {room}", text, due)
                if not due:
                    look.same(f"{name} in {room}", f'"handle": "{name}"' in text, False)


@door("rooms about themselves", "spaces:members", "spaces:about")
def rooms(look: Look) -> None:
    """Who belongs to a room and how it works, for readers."""
    for name, row in look.story.rooms.items():
        if not row.slug:
            continue
        for page in ("members", "about"):
            status, text = look.get(f"/spaces/{row.slug}/{page}")
            look.opened(f"{page} of {name}", status, look.company.reads(look.who, name))
            due: set[str] = set()
            if status == 200 and page == "members":
                for member in look.company.rooms[name].members:
                    if look.company.people[member].here:
                        due |= look.story.words_of("person", member, "title")
            look.expect(f"{page} of {name}", text, due)


def _rules(company: Company, who: str, room: str) -> bool:
    """Managers say whom an open room takes in by itself; of others, if they administrate."""
    place = company.rooms[room]
    if place.company or place.owner or not company.manages(who, room):
        return False
    return place.openness == "open" or company.people[who].administrator


@door(
    "managing a space",
    "spaces:edit",
    "spaces:invite",
    "spaces:managers",
    "spaces:leave",
    "spaces:rules",
)
def managing(look: Look) -> None:
    """The pages for those who run a room."""
    rules = {
        "edit": look.company.manages,
        "invite": look.company.invites,
        "managers": look.company.appoints,
        "leave": look.company.leaves,
        "rules": lambda who, room: _rules(look.company, who, room),
    }
    for name, row in look.story.rooms.items():
        for page, rule in rules.items():
            if row.slug:
                status, text = look.get(reverse(f"spaces:{page}", args=[row.slug]) + "?q=a")
                look.opened(f"{page} of {name}", status, rule(look.who, name))
                look.expect(f"{page} of {name}", text)


@door("where to post", "posts:write")
def places(look: Look) -> None:
    """The choice of rooms in the box for writing: one's own, and one's wall."""
    own = {
        str(look.story.rooms[name].pk)
        for name, room in look.company.rooms.items()
        if not room.owner and look.company.belongs(look.who, name)
    }
    for query in ("", *(f"?space={row.pk}" for row in look.story.rooms.values())):
        status, text = look.get(f"/posts{query}")
        if status == 200:
            look.same("the choice", set(OPTION.findall(text)), own | {"0"})
        look.expect("the box", text)
