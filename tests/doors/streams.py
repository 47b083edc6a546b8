"""The doors to lists of cards: home, spaces, profiles, tags, and the way back by notifications."""

import re

from tests.doors.looking import Look, door
from tests.doors.marking import SAVERS
from tests.doors.story import SHARED

DOT = re.compile(r'<span class="dot" aria-hidden="true">(\d+)')
ROW = re.compile(r'id="entry-\d+" class="(?:card|said)')
UNREAD = re.compile(r'<unread-count class="side-count" space="(\d+)" count="(\d+)"')
TAGGED = (".post", ".edited", ".deleted", ".restored", ".comment", ".under")
ONLY_NAMED = ("cleo", "gus", "rita")  # whose notifications are mentions alone, so can be counted


@door("home", "stream:home")
def home(look: Look) -> None:
    """For you: one's own rooms and those one follows."""
    _, text = look.pages("/")
    look.expect("the stream", text, look.on_cards(look.company.home(look.who)))
    look.counts("the stream", text)


@door("following", "stream:home")
def following(look: Look) -> None:
    """The other tab: only those one follows."""
    _, text = look.pages("/?tab=following")
    look.expect("the stream", text, look.on_cards(look.company.following(look.who)))
    look.counts("the stream", text)


@door("space", "spaces:space")
def space(look: Look) -> None:
    """Readers see the stream, those who may know of the room its banner."""
    for name, row in look.story.rooms.items():
        if not row.slug:
            continue
        status, text = look.pages(f"/spaces/{row.slug}")
        look.opened(name, status, look.company.knows_room(look.who, name))
        posts = [
            post for post in look.company.posts(look.who) if look.company.items[post].room == name
        ]
        due = look.on_cards(posts)
        if status == 200:
            due |= look.story.words_of("room", name)
        look.expect(name, text, due)
        look.counts(name, text)


@door("profile", "people:person")
def profile(look: Look) -> None:
    """What somebody says of themselves and what they published, where the viewer reads."""
    for name in look.story.world.people:
        status, text = look.pages(f"/people/{name}")
        look.opened(name, status, look.company.knows(look.who, name))
        due: set[str] = set()
        if status == 200:
            posts = [
                p for p in look.company.posts(look.who) if look.company.items[p].author == name
            ]
            due = look.on_cards(posts) | look.story.words_of(
                "person", name, "title", "about", "link"
            )
        look.expect(name, text, due)
        look.counts(name, text)


@door("tag", "stream:tag")
def tag(look: Look) -> None:
    """Posts that carry a tag; the address itself is what the viewer typed."""
    for name, item in look.company.items.items():
        if not name.endswith(TAGGED):
            continue
        for word in look.story.words_of("item", name, "tag", "old-tag"):
            _, text = look.get(f"/tags/{word}")
            current = look.story.canaries[word].part == "tag"
            listed = not item.above and look.company.sees(look.who, name) and current
            due = look.story.words_of("item", name, "words") if listed else set()
            look.expect(f"#{word}", text, due, echo=word)
    _, text = look.pages(f"/tags/{SHARED}")
    look.expect("the shared tag", text, look.on_cards(look.company.posts(look.who)))


@door("saved", "stream:saved")
def saved(look: Look) -> None:
    """What one put by and may still see, comments too; Ben saved nothing."""
    status, text = look.pages("/saved")
    items = look.company.items if look.who in SAVERS else {}
    seen = [name for name in items if look.company.sees(look.who, name)]
    due = look.on_cards(name for name in seen if not items[name].above)
    for name in seen:
        due |= look.story.words_of("item", name, "words", "alt")
    look.expect("the list", text, due)
    look.counts("the list", text)
    look.same("rows", status == 200 and len(ROW.findall(text)), status == 200 and len(seen))


@door("scheduled", "scheduled:all", "scheduled:change", "scheduled:picture")
def scheduled(look: Look) -> None:
    """What waits is its author's alone."""
    for address in ("/scheduled", f"/scheduled/{look.story.scheduled}"):
        status, text = look.get(address)
        own, here = look.who == "ada", look.company.people[look.who].here
        look.opened(address, status, own or (here and address == "/scheduled"))
        look.expect(address, text, look.story.words_of("scheduled", "ada") if own else ())


@door("deciding", "notifications:decide")
def deciding(look: Look) -> None:
    """Who is invited reads the name of the room, and nothing more of it; here nobody asks."""
    _, text = look.get("/notifications/decide")
    due: set[str] = set()
    for name, room in look.company.rooms.items():
        if look.who in room.invited and look.company.people[look.who].here:
            due |= look.story.words_of("room", name, "name")
    look.expect("what waits", text, due)


@door("notifications", "notifications:notices")
def notifications(look: Look) -> None:
    """Those told of a post that they may still see read its title."""
    _, text = look.pages("/notifications/")
    named = [
        name for name in look.story.told.get(look.who, ()) if look.company.sees(look.who, name)
    ]
    due: set[str] = set()
    for name in named:
        due |= look.story.words_of("item", name, "title")
    look.expect("the list", text, due)
    if look.who in ONLY_NAMED:
        look.same("rows", text.count('<li id="notice-'), len(named) + len(_others(look)))


@door("bell", "notifications:notices")
def bell(look: Look) -> None:
    """The number counts what the list would show."""
    _, text = look.get("/settings")
    shown = DOT.search(text)
    if look.who in ONLY_NAMED:
        told = look.story.told.get(look.who, ())
        named = [name for name in told if look.company.sees(look.who, name)]
        count = len(named) + len(_others(look))
        look.same("the bell", int(shown[1]) if shown else 0, count)
    look.expect("the frame", text)


def _others(look: Look) -> list[str]:
    """Notices about rooms that somebody was put out of and may still know of."""
    return [
        room
        for room, who in look.story.put_out
        if who == look.who and look.company.knows_room(who, room)
    ]


@door("menu", "stream:home")
def menu(look: Look) -> None:
    """One's own rooms, each with what others wrote there."""
    _, text = look.get("/settings")
    rooms = {str(row.pk): name for name, row in look.story.rooms.items()}
    shown = {rooms[pk]: int(count) for pk, count in UNREAD.findall(text)}
    own = {
        name: look.company.unread(look.who, name)
        for name, room in look.company.rooms.items()
        if not room.owner and look.company.belongs(look.who, name)
    }
    look.same("the menu", shown, own)
    look.expect("the menu", text)
