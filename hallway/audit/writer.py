"""Writing the log: one row in the transaction of the deed itself."""

from django.db import connection

from hallway.audit.models import Deed, Row, Source
from hallway.journal.writer import NoTransaction


def note(
    deed: Deed,
    *,
    by: int | None,
    person: int | None = None,
    space: int | None = None,
    unit: int | None = None,
    number: int | None = None,
    before: str = "",
    after: str = "",
    by_clock: bool = False,
) -> None:
    """Append one administrative deed, in the transaction that does it.

    `by` is the number of the person who did it; None means a command on the server or, with
    `by_clock`, Hallway itself at a time agreed before. Raises NoTransaction outside
    `core.writing.writing`, so that no deed is done without its row and no row without its deed.
    """
    if not connection.in_atomic_block:
        raise NoTransaction(f"{deed} must be noted inside writing()")
    source = Source.PERSON if by is not None else Source.CLOCK if by_clock else Source.SERVER
    Row.objects.create(
        deed=deed,
        source=source,
        by_id=by,
        person_id=person,
        space_id=space,
        unit_id=unit,
        number=number,
        before=before[:200],
        after=after[:200],
    )
