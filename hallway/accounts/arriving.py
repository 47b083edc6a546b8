"""What a request needs first, in one statement: session, person, journal, company."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.db import connection

from hallway.company.present import VERSION
from hallway.core.prepared import asked
from hallway.journal.reader import NOW, Now, now_of
from hallway.people.models import Person

_STATEMENT = """SELECT s.session_data, {journal}, {company}, {person} FROM accounts_session s
LEFT JOIN people_person p ON p.id = s.person_id AND p.is_active
WHERE s.session_key = %s AND s.expire_date > %s"""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A living session: its contents as stored, whose it is, and where the journal stood.

    `person` is None for a session of nobody, and when the person is not active any more. `company`
    is the version of what is settled for all (`company.present`).
    """

    data: str
    person: Person | None
    now: Now
    company: int


def arrive(key: str, at: datetime) -> Arrival | None:
    """The session with this key, unless there is none or it has run out at the moment `at`."""
    form = _form(connection.vendor)
    rows = asked(form.statement, [key, connection.ops.adapt_datetimefield_value(at)])
    if not rows:
        return None
    data, *journal, company = rows[0][: form.first]
    columns = rows[0][form.first :]
    person = None
    if columns[0] is not None:
        (whole,) = form.compiler.apply_converters([columns], form.converters)
        person = Person.from_db(connection.alias, form.names, whole)
    return Arrival(data, person, now_of(journal), company or 0)


@dataclass(slots=True)
class Door:
    """Where somebody is just coming in; `arrival` as soon as their session has been read."""

    arrival: Arrival | None = None

    @property
    def now(self) -> Now | None:
        """Where the journal stood when the session was read, if it was."""
        return self.arrival.now if self.arrival else None

    @property
    def company(self) -> int | None:
        """The version of what is settled for the company, if a session was read."""
        return self.arrival.company if self.arrival else None


_door: ContextVar[Door | None] = ContextVar("door", default=None)


@contextmanager
def arriving() -> Iterator[Door]:
    """Within the block, whoever was read with the session is not looked up again."""
    door = Door()
    token = _door.set(door)
    try:
        yield door
    finally:
        _door.reset(token)


def note(arrival: Arrival) -> None:
    """Tell the door, if somebody stands in it, what was read with a session."""
    door = _door.get()
    if door is not None:
        door.arrival = arrival


def arrived_person(pk: int) -> Person | None:
    """The active person with this number, if they are just coming in with their session."""
    door = _door.get()
    person = door.arrival.person if door and door.arrival else None
    return person if person is not None and person.pk == pk else None


@dataclass(frozen=True, slots=True)
class _Form:
    statement: str
    first: int
    names: list[str]
    compiler: Any
    converters: Any


@cache
def _form(vendor: str) -> _Form:
    fields = Person._meta.concrete_fields
    # A person's row as the ORM reads it, so that it becomes the same object.
    compiler: Any = Person.objects.order_by().query.get_compiler(connection=connection)
    compiler.setup_query()
    person = ", ".join(f"p.{each.column}" for each in fields)
    return _Form(
        _STATEMENT.format(journal=NOW[vendor], company=VERSION, person=person),
        6,
        [each.attname for each in fields],
        compiler,
        compiler.get_converters([column for column, *_ in compiler.select]),
    )
