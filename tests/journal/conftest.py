"""Short ways to write the journal."""

from collections.abc import Callable

import pytest

from hallway.core.writing import writing
from hallway.journal.verbs import Verb
from hallway.journal.writer import record


@pytest.fixture
def deed() -> Callable[..., int]:
    """Record one deed in a transaction of its own; numbers are carried as `person`."""

    def record_one(person: int, verb: str = Verb.PERSON_CHANGED, **columns: object) -> int:
        with writing():
            return record(verb, person=person, **columns)

    return record_one
