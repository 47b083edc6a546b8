"""Make up a company of any size with a town hall announced, for simulations only.

People and sessions are written in bulk, for ten thousand sign-ins with Argon2 would take most of
an hour; the hall is announced by the same action as everywhere.
"""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from random import Random

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connection
from django.utils import timezone

from hallway.accounts.models import Session
from hallway.accounts.sessions import SessionStore
from hallway.core.guarding import as_system
from hallway.core.writing import writing
from hallway.entries.actions import Draft
from hallway.journal import reader
from hallway.journal.verbs import Verb
from hallway.journal.writer import record_each
from hallway.people.models import Person
from hallway.people.naming import index_names, sort_name_of
from hallway.simulation.house import House, NotForSimulation, write_mark
from hallway.spaces.models import Space
from hallway.townhalls.actions import Plan, announce

BATCH = 1000
_FIRST = (
    "Ada", "Amara", "Anna", "Ben", "Carla", "Dana", "Elif", "Emma", "Farid", "Femi", "Gina", "Hana",
    "Ida", "Ivan", "Jonas", "Kofi", "Lena", "Luca", "Maja", "Mia", "Nadia", "Noah", "Omar", "Paul",
    "Priya", "Rosa", "Sara", "Tariq", "Tom", "Vera", "Yuki", "Zoe",
)  # fmt: skip
_LAST = (
    "Adeyemi", "Bauer", "Berg", "Chen", "Costa", "Diaz", "Eriksen", "Fischer", "Garcia", "Haddad",
    "Ito", "Jansen", "Keller", "Khan", "Kim", "Kowalski", "Larsen", "Lopez", "Maier", "Mensah",
    "Moreau", "Nguyen", "Novak", "Osei", "Patel", "Ricci", "Sato", "Silva", "Singh", "Vogel",
    "Weber", "Yilmaz",
)  # fmt: skip


def found(folder: Path, people: int, seed: int) -> House:
    """Make up `people` people, the host among them, and a town hall; mark `folder` with it.

    The database must be that of `require_empty`, with tables.
    """
    dice = Random(f"company {seed}")  # noqa: S311 - made-up names are no secret
    for batch in _batches(people):
        with writing():
            rows = Person.objects.bulk_create(_person(number, dice) for number in batch)
            record_each(Verb.PERSON_JOINED, [person.pk for person in rows])
            index_names(rows)
    everybody = list(Person.objects.order_by("pk"))
    keys = [(person.pk, key) for person, key in _signed_in(everybody)]
    host = everybody[0]
    with as_system("the company of a simulation is founded"):
        space = Space.objects.get(kind=Space.Kind.COMPANY)
    hall = announce(
        Draft(title="Where we go next", text="Ask **anything**, and back what others ask."),
        Plan(starts_at=timezone.now() + timedelta(hours=1), hosts=[host], speakers=[host]),
        space,
        by=host,
    )
    house = House(
        hall=hall.pk,
        incarnation=reader.incarnation(),
        cookie=settings.SESSION_COOKIE_NAME,
        host=keys[0],
        people=keys[1:],
    )
    write_mark(folder, house)
    return house


def require_empty() -> None:
    """Raise NotForSimulation if anybody is in the database; asks before tables are made."""
    there = Person._meta.db_table in connection.introspection.table_names()
    if there and Person.objects.exists():
        raise NotForSimulation("There are people in this database already, so it is left alone.")


def _batches(people: int) -> Iterator[range]:
    for start in range(1, people + 1, BATCH):
        yield range(start, min(start + BATCH, people + 1))


def _person(number: int, dice: Random) -> Person:
    """The first one administers, so that the company space has a manager who may announce."""
    name = f"{dice.choice(_FIRST)} {dice.choice(_LAST)}"
    person = Person(
        email=f"person{number}@simulation.example",
        handle=f"person-{number}",
        name=name,
        sort_name=sort_name_of(name),
        is_administrator=number == 1,
    )
    person.set_unusable_password()
    return person


def _signed_in(people: list[Person]) -> Iterator[tuple[Person, str]]:
    """A session for each, as signing in would begin it."""
    for start in range(0, len(people), BATCH):
        rows = [_session(person) for person in people[start:][:BATCH]]
        with writing():
            Session.objects.bulk_create(rows)
        yield from zip(people[start:], (row.session_key for row in rows), strict=False)


def _session(person: Person) -> Session:
    store = SessionStore()
    store[SESSION_KEY] = str(person.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    store[HASH_SESSION_KEY] = person.get_session_auth_hash()
    store.begin("Simulation")
    return store.create_model_instance(dict(store.items()))
