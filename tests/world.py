"""One company's story, in which somebody must not see.

Ada writes, Ben runs the spaces, Cleo is an outsider to closed and secret rooms, Gus is a guest in
one of them, Rita is the administrator, Dora has left the company.
"""

import time
from dataclasses import dataclass, field

import pytest
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.backends.base import SessionBase
from django.test import Client

from hallway.entries.actions import Draft
from hallway.entries.models import Entry
from hallway.people.actions import add_person
from hallway.people.models import Person
from hallway.people.models.person import FIRST_STEPS
from hallway.posts.actions import publish_post
from hallway.spaces.actions import create_space, ensure_company, put_in
from hallway.spaces.models import Space

PASSWORD = "correct horse battery"


def just_confirmed(session: SessionBase, person: Person) -> None:
    """Note in their session that they have typed their password now."""
    session["account_authentication_methods"] = [{"method": "password", "at": time.time()}]
    session["account_authentication_methods_user"] = str(person.pk)
    session.save()


@dataclass
class World:
    """The people and rooms of the story, and a browser for each person."""

    ada: Person
    ben: Person
    cleo: Person
    gus: Person
    rita: Person
    dora: Person
    hall: Space
    open: Space
    closed: Space
    secret: Space
    browsers: dict[int, Client] = field(default_factory=dict)

    def browser(self, person: Person) -> Client:
        """A signed-in browser of `person`, always the same one."""
        if person.pk not in self.browsers:
            client = Client()
            client.force_login(person)
            self.browsers[person.pk] = client
        return self.browsers[person.pk]

    def confirmed(self, person: Person) -> Client:
        """Their browser, in which they have just typed their password."""
        just_confirmed(self.browser(person).session, person)
        return self.browser(person)

    @property
    def people(self) -> dict[str, Person]:
        """Everybody by name."""
        return {name: getattr(self, name) for name in ("ada", "ben", "cleo", "gus", "rita", "dora")}

    @property
    def spaces(self) -> dict[str, Space]:
        """All rooms by openness; the hall is the company's."""
        return {name: getattr(self, name) for name in ("hall", "open", "closed", "secret")}

    def post(self, space: Space, text: str, *, by: Person, title: str = "") -> Entry:
        """Publish a post."""
        return publish_post(Draft(text=text, title=title), space, by=by)


def build_world() -> World:
    """Make people and rooms through the actions that the pages use."""
    password = make_password(PASSWORD)

    def person(name: str, **fields: object) -> Person:
        handle = name.split()[0].lower()
        return add_person(
            f"{handle}@company.example", name, handle=handle, password=password, **fields
        )

    ada = person("Ada Lund", title="Claims handler", location="Oslo")
    ben = person("Ben Okafor", title="Head of claims", location="Accra")
    cleo = person("Cleo Marchetti", title="Underwriter", language="de")
    gus = person("Gus Brandt", kind=Person.Kind.GUEST)
    rita = person("Rita Sommer", is_administrator=True)
    dora = person("Dora Vogel")
    hall = ensure_company("All of Company")
    rooms = {
        openness: create_space(
            f"{openness.capitalize()} room", by=ben, openness=openness, slug=f"{openness}-room"
        )
        for openness in ("open", "closed", "secret")
    }
    for room in rooms.values():
        put_in(room, ada, by=ben)
        put_in(room, dora, by=ben)
    put_in(rooms["closed"], gus, by=ben)
    Person.objects.filter(pk=dora.pk).update(is_active=False)
    # They have been here for long; a newcomer is added where one is needed.
    Person.objects.update(learnt=" ".join(FIRST_STEPS))
    for each in (ada, ben, cleo, gus, rita, dora):
        each.refresh_from_db()
    return World(ada, ben, cleo, gus, rita, dora, hall, **rooms)


@pytest.fixture
def world(db: None) -> World:
    """A fresh company in the test's database, as the story begins."""
    return build_world()
