"""A company of any size, written straight into the tables: people, spaces, follows, entries."""

import json
import random
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, transaction

NOW = datetime.now(UTC)
SPACES_PER_PERSON = 12
FOLLOWS_PER_PERSON = 25
BATCH = 20_000


@dataclass(frozen=True)
class Size:
    """How large a company is."""

    people: int
    entries: int

    @property
    def spaces(self) -> int:
        """One space for every twenty people, as in companies that use such a network."""
        return max(20, self.people // 20)


SMALL = Size(1_000, 20_000)
LARGE = Size(120_000, 1_000_000)


def fill(size: Size, seed: int = 7) -> None:
    """Write a company of `size` into the empty database of the settings; the same every time."""
    dice = random.Random(seed)
    tables = {
        "people_person": _people(size),
        "spaces_space": _spaces(size),
        "spaces_membership": _memberships(size, dice),
        "people_follow": _follows(size, dice),
        "entries_entry": _entries(size, dice),
        "entries_text": _texts(size),
        "entries_reaction": _reactions(size, dice),
    }
    for table, rows in tables.items():
        _write(table, rows)
    _settle(tables)


def _settle(tables: Collection[str]) -> None:
    """Let the database come to rest, so that no page pays for what filling has left to do."""
    with connection.cursor() as cursor:
        if connection.vendor != "postgresql":
            cursor.execute("ANALYZE")
            return
        # Numbers were given by hand; what is published afterwards goes on behind them.
        models = [model for model in apps.get_models() if model._meta.db_table in tables]
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)
        # Autovacuum would come in the middle, and the first reader of each row would mark it.
        cursor.execute("VACUUM (ANALYZE)")


def _people(size: Size) -> Iterator[dict[str, Any]]:
    for pk in range(1, size.people + 1):
        yield {
            "id": pk, "email": f"p{pk}@bench.example", "handle": f"p{pk}", "password": "!",
            "name": f"Person {pk}", "sort_name": f"person {pk}",
            "kind": "employee", "title": "Colleague", "location": "Oslo",
            "language": "en", "languages": "", "about": "", "photo": "", "is_active": True,
            "is_administrator": False, "joined_at": NOW - timedelta(days=400), "card_version": 1,
            "theme": "auto", "time_zone": "",
        }  # fmt: skip


def _spaces(size: Size) -> Iterator[dict[str, Any]]:
    kinds = ("open", "open", "closed", "secret")
    for pk in range(1, size.spaces + 1):
        company = pk == 1
        yield {
            "id": pk, "kind": "company" if company else "community", "name": f"Space {pk}",
            "openness": "open" if company else kinds[pk % 4], "posting": "members",
            "slug": f"space-{pk}", "description": "", "hue_step": pk % 24,
            "created_at": NOW - timedelta(days=500), "card_version": 1,
            "name_key": f"space {pk}", "search_key": f"space {pk}",
        }  # fmt: skip


def _memberships(size: Size, dice: random.Random) -> Iterator[dict[str, Any]]:
    pk = 0
    for person in range(1, size.people + 1):
        for space in my_spaces(size, person):
            pk += 1
            yield {
                "id": pk, "space_id": space, "person_id": person, "role": "member",
                "joined_at": NOW - timedelta(days=300),
            }  # fmt: skip


def my_spaces(size: Size, person: int) -> list[int]:
    """The spaces `person` is in, besides that of everybody."""
    return random.Random(person).sample(range(2, size.spaces + 1), SPACES_PER_PERSON)


def _follows(size: Size, dice: random.Random) -> Iterator[dict[str, Any]]:
    pk = 0
    for person in range(1, size.people + 1):
        for other in {dice.randint(1, size.people) for _ in range(FOLLOWS_PER_PERSON)} - {person}:
            pk += 1
            yield {"id": pk, "follower_id": person, "followed_id": other, "at": NOW}


def _entries(size: Size, dice: random.Random) -> Iterator[dict[str, Any]]:
    step = timedelta(days=300) / size.entries
    for pk in range(1, size.entries + 1):
        author = dice.randint(1, size.people)
        moment = NOW - step * (size.entries - pk)
        micros = int(moment.timestamp() * 1_000_000)
        # One post in a hundred goes to the whole company, the others to one of the author's own.
        space = 1 if pk % 100 == 0 else dice.choice(my_spaces(size, author))
        yield {
            "id": pk, "kind": "post", "space_id": space, "author_id": author,
            "state": "published", "published_at": moment, "listed": micros * 1000 + pk % 1000,
            "version": 1, "comment_count": 0, "reaction_counts": json.dumps({"like": 1 + pk % 40}),
        }  # fmt: skip


def _texts(size: Size) -> Iterator[dict[str, Any]]:
    words = "Last week I sat with forty colleagues from our claims teams. " * 4
    for pk in range(1, size.entries + 1):
        yield {
            "entry_id": pk, "title": f"Post number {pk}", "source": words,
            "html": f"<p>{words}</p>", "plain": words,
        }  # fmt: skip


def _reactions(size: Size, dice: random.Random) -> Iterator[dict[str, Any]]:
    for pk in range(1, size.entries // 2 + 1):
        yield {
            "id": pk, "entry_id": size.entries - pk + 1, "person_id": dice.randint(1, size.people),
            "kind": "like", "at": NOW,
        }  # fmt: skip


def _write(table: str, rows: Iterable[dict[str, Any]]) -> None:
    batch: list[Sequence[Any]] = []
    columns: list[str] = []
    with transaction.atomic():
        usual: dict[str, Any] | None = None
        for row in rows:
            usual = _usual(table, row) if usual is None else usual
            whole = row | usual
            columns = columns or list(whole)
            batch.append(tuple(whole.values()))
            if len(batch) == BATCH:
                _send(table, columns, batch)
                batch = []
        if batch:
            _send(table, columns, batch)


def _usual(table: str, row: dict[str, Any]) -> dict[str, Any]:
    """What the model puts into those columns that a row does not name and that want a value."""
    (model,) = [model for model in apps.get_models() if model._meta.db_table == table]
    return {
        field.column: field.get_db_prep_save(field.get_default(), connection)
        for field in model._meta.concrete_fields
        if field.column not in row and not field.null and not field.primary_key
    }


def _send(table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    names = ", ".join(columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            raw: Any = cursor.cursor
            with raw.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
            return
        marks = ", ".join(["?"] * len(columns))
        plain = [
            tuple(
                value.strftime("%Y-%m-%d %H:%M:%S.%f") if isinstance(value, datetime) else value
                for value in row
            )
            for row in rows
        ]
        connection.connection.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", plain)
