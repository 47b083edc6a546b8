"""A company in which everything that can be written is hostile, written through forms and deeds."""

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass

from hallway.accounts.models import Session
from hallway.comments.actions import comment
from hallway.core.models import Allowance
from hallway.entries import access as entries
from hallway.entries.actions import Draft, react
from hallway.entries.models import Entry
from hallway.people.actions import change_links, change_profile
from hallway.people.importing import import_people
from hallway.people.models import Person
from hallway.posts.actions import publish_post
from hallway.spaces import access
from hallway.spaces.actions import ask, create_space
from hallway.spaces.models import Space
from tests.journeys.hostile_texts import PAYLOADS, number_of, one_line
from tests.world import World

COMPANY = '"><img src=x onerror=__pwned=1>, Sons </title><script>__pwned=1</script>'
AGENT = 'Firefox/"><script>__pwned=1</script>'
REQUESTS_SHOWN = 50
LONGEST_ABOUT = 1_900


@dataclass
class Hostile:
    """Where the payloads stand."""

    people: list[Person]
    spaces: list[Space]
    posts: list[Entry]
    talk: Entry
    gates: list[Space]


def build_hostile(world: World) -> Hostile:
    """Fill every field with every payload, as far as it takes them."""
    people = imported()
    spaces = founded(world)
    posts = published(world)
    talk = world.post(world.open, "__pwned\n\nWhat do you say?", by=world.ben, title="__pwned")
    conversed(world, talk, people)
    gates = asked(world, people)
    invited(world)
    Session.objects.filter(person=world.ada).update(agent=AGENT)
    return Hostile(people, spaces, posts, talk, gates)


def turned(steps: int) -> list[str]:
    """All payloads, beginning so many places later."""
    return [*PAYLOADS[steps:], *PAYLOADS[:steps]]


def imported() -> list[Person]:
    """One person for each payload, from a table; some of them say more about themselves."""
    addresses = [f'"{number_of(payload)}<b/onclick=__pwned=1>"@x.example' for payload in PAYLOADS]
    table = io.StringIO()
    rows = csv.writer(table)
    rows.writerow(["email", "name", "title", "unit", "location", "languages", "skills"])
    for place, address in enumerate(addresses):
        cells = [one_line(turned(step)[place], 60 if step == 5 else 100) for step in range(6)]
        rows.writerow([address, *cells])
    report = import_people(io.BytesIO(table.getvalue().encode()))
    assert report.new == len(PAYLOADS), [str(bad.sentence) for bad in report.bad][:3]
    by_address = {person.email: person for person in Person.objects.all()}
    people = [by_address[address] for address in addresses]
    for start in range(0, len(PAYLOADS), 12):
        about = "\n\n".join(PAYLOADS[start : start + 12])[:LONGEST_ABOUT]
        change_profile(people[start], about=about, by=people[start])
        labels = [one_line(payload, 60) for payload in PAYLOADS[start : start + 5]]
        links = [
            (label, f"https://evil.example/__pwned?'{place}") for place, label in enumerate(labels)
        ]
        change_links(people[start], links, by=people[start])
    return people


def founded(world: World) -> list[Space]:
    """One space for each payload, and new words for the company's own."""
    send = poster(world, world.rita)
    chosen = {"posting": "members", "hue_step": "3"}
    for place, (name, words) in enumerate(zip(PAYLOADS, turned(1), strict=True)):
        named = {"name": f"{one_line(name, 90)} {place}", "description": words}
        send("/spaces/new", kind="team", openness="open", **named, **chosen)
    named = {"name": '"><script>__pwned=1</script>', "description": "\n".join(PAYLOADS[:12])}
    send(f"{world.hall.url}/edit", **named, **chosen)
    world.hall.refresh_from_db()
    found = list(access.visible_to(world.rita).filter(kind="team").order_by("pk"))
    assert len(found) == len(PAYLOADS)
    return found


def published(world: World) -> list[Entry]:
    """One post for each payload, changed once, so that it has a history."""
    send = poster(world, world.ada)
    for words, title in zip(PAYLOADS, turned(2), strict=True):
        send("/posts", text=words, title=one_line(title, 200), space=str(world.open.pk))
    posts = list(entries.listed_to(world.ada).filter(author=world.ada).order_by("pk"))
    assert len(posts) == len(PAYLOADS)
    for post, words, title in zip(posts, turned(1), turned(3), strict=True):
        send(f"{post.url}/edit", text=words, title=one_line(title, 200), edits="0")
    return posts


def conversed(world: World, talk: Entry, people: list[Person]) -> None:
    """Everything said in comments and replies; people of every name react and mention Ben."""
    send = poster(world, world.ada)
    several = ["\n\n".join(PAYLOADS[start : start + 4]) for start in range(0, len(PAYLOADS), 4)]
    for words in several:
        send(f"{talk.url}/comments", text=words)
    first = entries.visible_to(world.ada).filter(parent=talk).earliest("pk")
    for person, words in zip(people, several, strict=False):
        comment(Draft(text=words), first, by=person)
    for person, title in zip(people, turned(1), strict=True):
        react(talk, "love", by=person)
        draft = Draft(text="@ben", title=one_line(title, 200))
        publish_post(draft, world.hall, by=person)


def asked(world: World, people: list[Person]) -> list[Space]:
    """Closed spaces at whose doors people stand, with a few words."""
    gates = []
    for start in range(0, len(people), REQUESTS_SHOWN):
        gate = create_space(f"<b>Gate __pwned</b> {start}", by=world.ben, openness="closed")
        gates.append(gate)
        here = slice(start, start + REQUESTS_SHOWN)
        for person, words in zip(people[here], PAYLOADS[here], strict=True):
            ask(gate, words, by=person)
    return gates


def invited(world: World) -> None:
    """One invitation for each payload."""
    send = poster(world, world.rita)
    for payload in PAYLOADS:
        address = f'"{number_of(payload)}<i/onclick=__pwned=1>"@y.example'
        send(
            "/accounts/invitations",
            email=address,
            name=one_line(payload, 120),
            kind="guest",
            language="en",
        )


def poster(world: World, person: Person) -> Callable[..., None]:
    """Sends forms as `person`; they must be taken."""

    def send(address: str, **fields: str) -> None:
        # Nobody writes this much at once, and would be told so.
        Allowance.objects.all().delete()
        answer = world.browser(person).post(address, fields)
        assert answer.status_code == 302, (address, fields, answer.content.decode()[-3000:])

    return send
