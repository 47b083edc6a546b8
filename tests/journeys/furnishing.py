"""Something to see on every page: conversations, requests, invitations, profiles."""

import io
from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils import timezone
from PIL import Image

from hallway.accounts.models import Invitation, ResetLink
from hallway.comments.actions import comment
from hallway.core.writing import writing
from hallway.entries.actions import Draft, edit, react
from hallway.entries.models import Entry
from hallway.entries.pictures import take_in
from hallway.people.actions import change_profile, follow
from hallway.people.models import Person
from hallway.posts.actions import publish_post
from hallway.spaces.actions import ask, invite
from tests.world import World

WORDS = """We have moved to the **third floor**. Thanks to @ben and everybody who carried boxes.

- The kitchen is on the left
- Post arrives at *nine*

> Somebody said it would never be ready.

See https://example.com/plan or `map.pdf` #moving #claims"""


@dataclass
class Furnished:
    """The world with something in it, and what addresses are made of."""

    world: World
    long: Entry
    bare: Entry
    reply: Entry
    invited: str
    resetting: str
    kept: dict[str, str] = field(default_factory=dict)


def furnish(world: World) -> Furnished:
    """Fill the company of the story."""
    ada, ben, cleo, rita = world.ada, world.ben, world.cleo, world.rita
    change_profile(
        ada, by=ada, about="I answer **everything** about claims.", skills=["Claims", "Norwegian"]
    )
    follow(ben, by=ada)
    follow(ada, by=cleo)
    for number in range(18):
        world.post(world.hall, f"Note {number} for the whole company", by=ben)
    files = [picture("teal"), picture("olive"), picture("maroon")]
    images = take_in(files, ["The kitchen", "The desk by the window", ""])
    long = publish_post(Draft(text=WORDS, title="We have moved", images=images), world.open, by=ada)
    edit(long, title="We have moved", text=WORDS + " Soup at noon.", by=ada, edits=None)
    said = comment(Draft(text="Finally! @ada has the keys."), long, by=ben)
    reply = comment(Draft(text="Which keys?"), said, by=ada)
    bare = world.post(world.hall, "Just a few words", by=ada)
    for person, kind in ((ben, "like"), (rita, "celebrate"), (cleo, "love")):
        react(long, kind, by=person)
    ask(world.closed, "I take over from Gus.", by=cleo)
    invite(world.closed, rita, by=ben)
    invite(world.secret, cleo, by=ben)
    invited = link(lambda: Invitation(person=world.gus, by=rita, sent_at=timezone.now()), world.gus)
    return Furnished(world, long, bare, reply, invited, link(lambda: ResetLink(person=ada), ada))


def picture(colour: str) -> io.BytesIO:
    """An honest picture of one colour."""
    held = io.BytesIO()
    Image.new("RGB", (800, 600), colour).save(held, "PNG")
    held.seek(0)
    return held


def link(make: Callable[[], Invitation | ResetLink], person: Person) -> str:
    """The token of a link as it would stand in a mail to `person`."""
    row = make()
    row.address = person.email
    token = row.renew()
    with writing():
        row.save()
    return token
