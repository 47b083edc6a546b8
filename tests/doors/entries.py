"""The doors to one entry: its page and what hangs on it, images, and tickets for live screens."""

import json
import re
from collections.abc import Iterator
from urllib.parse import urlencode

from hallway.core.guarding import as_system
from hallway.entries.models import Attachment
from hallway.hub.tickets import check
from tests.doors.looking import Look, door
from tests.doors.marking import REMOVED, REPORTED
from tests.doors.story import WIDTHS, Story

ON_NONE, AUF_KEINER = "It is not on your home page", "auf deiner Startseite steht"


def things(look: Look) -> Iterator[tuple[str, str]]:
    """Every entry with its address; those that only fill pages are left out.

    For those who are not here, whom the same guard stops everywhere, two rooms are enough.
    """
    here = look.company.people[look.who].here
    for name, entry in look.story.entries.items():
        if "filler" not in name and (here or name.startswith(("open.", "secret."))):
            yield name, f"/e/{entry.pk}"


@door("permalink", "comments:entry")
def permalink(look: Look) -> None:
    """The entry with its conversation; a comment leads to its place there."""
    for name, address in things(look):
        status, text = look.get(address)
        look.opened(name, status, look.company.sees(look.who, name))
        due: set[str] = set()
        if status == 200:
            top = look.company.top(name)
            due |= look.on_cards([top])
            for other, item in look.company.items.items():
                if item.above and look.company.top(other) == top and look.company.stands(other):
                    due |= look.story.words_of("item", other, "words", "tag", "alt")
        look.expect(name, text, due)
        look.counts(name, text)


@door("a comment answered", "comments:entry")
def answering(look: Look) -> None:
    """The box says whom one answers; for a hidden comment it says nothing."""
    for name, item in look.company.items.items():
        if item.above:
            top = look.story.entries[look.company.top(name)].pk
            status, text = look.get(f"/e/{top}?reply={look.story.entries[name].pk}#reply")
            if status == 200:
                value = f'name="parent" value="{look.story.entries[name].pk}"'
                look.same(f"answering {name}", value in text, look.company.sees(look.who, name))


@door("menu of an entry", "entries:menu")
def menu(look: Look) -> None:
    """What one may do; only that is offered."""
    for name, address in things(look):
        status, text = look.get(f"{address}/menu")
        look.opened(name, status, look.company.sees(look.who, name))
        manages = look.company.manages(look.who, look.company.items[name].room)
        edits = look.company.edits(look.who, name)
        deletes = edits or (manages and look.company.sees(look.who, name))
        look.same(f"editing {name}", f'href="{address}/edit"' in text, edits)
        look.same(f"deleting {name}", f'formaction="{address}/delete"' in text, deletes)
        look.expect(name, text)


@door("share", "shares:share", "shares:shared")
def share(look: Look) -> None:
    """One shares what one sees; what a share carries is for those who see that."""
    for name, address in things(look):
        item, sees = look.company.items[name], look.company.sees(look.who, name)
        passed = look.company.carried(look.who, name) if item.carries else name
        status, text = look.get(f"{address}/share")
        look.opened(f"sharing {name}", status, sees and not item.above and bool(passed))
        look.expect(f"sharing {name}", text)
        status, text = look.get(f"{address}/shared")
        look.opened(f"what {name} carries", status, sees and bool(item.carries))
        carried = look.company.carried(look.who, name)
        due = look.story.words_of("item", carried, "words", "title") if carried else set()
        look.expect(f"what {name} carries", text, due)


@door("why", "stream:why")
def why(look: Look) -> None:
    """What brings a post onto one's home page; comments are where their conversation is."""
    for name, address in things(look):
        status, text = look.get(f"{address}/why")
        item = look.company.items[name]
        sees = look.company.sees(look.who, name) and not item.above
        look.opened(name, status, sees)
        if sees:
            shown = ON_NONE not in text and AUF_KEINER not in text
            brought = item.author == look.who or name in look.company.home(look.who)
            look.same(f"a reason for {name}", shown, brought)
        look.expect(name, text)


@door("reporting", "entries:report", "entries:decide", "entries:decision")
def reporting(look: Look) -> None:
    """Others report what they see; who looks after it decides; authors read why it went."""
    for name, address in things(look):
        sees, item = look.company.sees(look.who, name), look.company.items[name]
        reported = name.endswith(REPORTED)
        removed = name.endswith(REMOVED) and look.company.explains(look.who, name)
        doors = {
            "report": sees and item.author != look.who,
            "decide": reported and look.company.decides(look.who, name),
            "decision": removed,
        }
        for page, allowed in doors.items():
            status, text = look.get(f"{address}/{page}")
            look.opened(f"{page} of {name}", status, allowed)
            if page != "decision" or not allowed:
                look.expect(f"{page} of {name}", text)


@door("reported", "entries:reported", "entries:reported-in")
def reported(look: Look) -> None:
    """What somebody may decide about: everywhere, and in each room they look after."""
    names = {str(entry.pk): name for name, entry in look.story.entries.items()}
    for room in ("", *look.story.rooms):
        slug = look.story.rooms[room].slug if room else ""
        if room and not slug:
            continue
        status, text = look.get(f"/e/reported/{slug}" if room else "/e/reported")
        person = look.company.people[look.who]
        look.opened(
            room or "all", status, look.company.manages(look.who, room) if room else person.here
        )
        due = {
            name
            for name, item in look.company.items.items()
            if name.endswith(REPORTED) and look.company.decides(look.who, name)
            if not room or item.room == room
        }
        if status == 200:
            shown = {names[pk] for pk in re.findall(r'href="/e/(\d+)/decide"', text)}
            look.same(f"reported in {room}", shown, due)
            log = f"{room}{REMOVED}" in look.company.items
            look.same("what was decided", "cnry" in text.partition('id="decided"')[2], log)


@door("edit", "entries:edit")
def edit(look: Look) -> None:
    """For authors."""
    for name, address in things(look):
        status, text = look.get(f"{address}/edit")
        edits = look.company.edits(look.who, name)
        look.opened(name, status, edits)
        look.expect(name, text, look.story.words_of("item", name, "words") if edits else ())


@door("move", "entries:move")
def move(look: Look) -> None:
    """For authors and managers; only rooms are offered that one may know of."""
    for name, address in things(look):
        status, text = look.get(f"{address}/move")
        look.opened(name, status, look.company.moves(look.who, name))
        look.expect(name, text)


@door("history", "entries:history")
def history(look: Look) -> None:
    """Earlier words are for those who may read the present ones."""
    for name, address in things(look):
        status, text = look.get(f"{address}/history")
        sees = look.company.sees(look.who, name)
        look.opened(name, status, sees)
        due = look.story.words_of("item", name, "words", "title", "old-words", "old-title")
        look.expect(name, text, due if sees else ())


@door("reactions", "entries:reactions")
def reactions(look: Look) -> None:
    """Who reacted; only Ben ever did."""
    for name, address in things(look):
        status, text = look.get(f"{address}/reactions")
        look.opened(name, status, look.company.sees(look.who, name))
        if name.endswith(".post") and status == 200 and name != "guestwall.post":
            look.same(f"reactions to {name}", text.count('class="row-name" href="/people/ben"'), 1)
        look.expect(name, text)


@door("image", "entries:image")
def image(look: Look) -> None:
    """Each variant of each image."""
    for name, pk in _images(look.story):
        sees = look.company.sees(look.who, name)
        for width in WIDTHS:
            status, text = look.get(f"/e/images/{pk}/{width}")
            look.opened(f"image of {name}", status, sees)
            due = look.story.words_of("item", name, f"file{width}") if sees else ()
            look.expect(f"image of {name}", text, due)


@door("picture sent ahead", "entries:kept")
def kept(look: Look) -> None:
    """A picture for a post that is still being written."""
    status, _ = look.get(f"/e/images/kept/{look.story.upload}")
    look.opened("picture sent ahead", status, look.who == "ada")


def _images(story: Story) -> list[tuple[str, int]]:
    names = {entry.pk: name for name, entry in story.entries.items()}
    with as_system("the addresses of all images, as somebody may have kept them"):
        rows = Attachment.objects.order_by("pk").values_list("entry_id", "pk")
        return [(names[entry], pk) for entry, pk in rows]


@door("photo", "people:photo")
def photo(look: Look) -> None:
    """Each size of each portrait."""
    for name, person in look.story.world.people.items():
        person.refresh_from_db()
        knows = look.company.knows(look.who, name)
        for size in (48, 96, 320):
            status, text = look.get(f"/people/{name}/photo/{person.photo[-8:]}/{size}")
            look.opened(f"photo of {name}", status, knows)
            due = look.story.words_of("person", name, f"photo{size}") if knows else ()
            look.expect(f"photo of {name}", text, due)


@door("cover", "people:cover")
def cover(look: Look) -> None:
    """Both sizes of the band above each profile."""
    for name in look.story.world.people:
        knows, version = look.company.knows(look.who, name), look.story.cover_of(name)
        for size in (640, 1280):
            status, text = look.get(f"/people/{name}/cover/{version}/{size}")
            look.opened(f"cover of {name}", status, knows)
            due = look.story.words_of("person", name, f"cover{size}") if knows else ()
            look.expect(f"cover of {name}", text, due)


@door("live ticket", "hub:ticket")
def ticket(look: Look) -> None:
    """A new ticket holds what may still be seen of what was asked for."""
    asked = all_topics(look.story)
    query = urlencode([("t", topic) for topic in asked] + [("p", "0.0")])
    status, text = look.get(f"/live/ticket?{query}")
    person = look.company.people[look.who]
    look.opened("the ticket", status, person.here)
    if status == 200:
        claims = check(json.loads(text)["ticket"])
        look.same("its topics", claims.topics, allowed_topics(look.story, look.who))


def all_topics(story: Story) -> list[str]:
    """Every topic there is."""
    people = [person.pk for person in story.world.people.values()]
    return [
        *(f"space:{row.pk}" for row in story.rooms.values()),
        *(f"{kind}:{pk}" for kind in ("person", "author") for pk in people),
        *(f"{kind}:{hall.pk}" for kind in ("hall", "desk") for hall in story.halls.values()),
    ]


def allowed_topics(story: Story, who: str) -> frozenset[str]:
    """Rooms one reads, oneself and, for employees, what authors say in open rooms."""
    people = story.world.people
    topics = {
        f"space:{row.pk}" for name, row in story.rooms.items() if story.company.reads(who, name)
    }
    topics.add(f"person:{people[who].pk}")
    for room, hall in story.halls.items():
        if story.company.sees(who, f"{room}.townhall"):
            topics.add(f"hall:{hall.pk}")
        if story.company.moderates(who, f"{room}.townhall"):
            topics.add(f"desk:{hall.pk}")
    if not story.company.people[who].guest:
        topics |= {f"author:{person.pk}" for person in people.values()}
    return frozenset(topics)
