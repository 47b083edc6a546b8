"""What happens to a row of the outbox: posted, claimed, forgotten, put off, given up."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.utils import timezone

from hallway.core.writing import writing
from hallway.outbox.kinds import Done
from hallway.outbox.models import Outgoing
from hallway.outbox.office import NotTaken

LEASE = timedelta(minutes=5)
"""Whoever claims a batch has so long; a server that hangs is given up on after ten seconds."""

RETRIES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360, 720, 1440))
"""How long it waits after the first, second … time it was not taken; after the last it failed."""

WHILE_AWAY = timedelta(minutes=1)
KEPT = timedelta(days=30)

_KEPT = {"id", "kind", "key"}


def post(
    kind: str, key: str, *, person: int | None, due: datetime | None = None, **about: int
) -> None:
    """Owe `person` (an id) something; call it in the transaction of the deed it is about.

    What waits under the same `key` is replaced, also if it was given up.
    """
    post_all([Outgoing(kind=kind, key=key, person_id=person, about=about, due_at=due or now())])


def post_all(rows: Iterable[Outgoing]) -> None:
    """Do what `post` does for many, in one statement."""
    rows = list(rows)
    for row in rows:
        row.posted_at = now()
    Outgoing.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["kind", "key"],
        # Without the claim, whoever is just sending what was posted before forgets only that.
        update_fields=[
            field.name for field in Outgoing._meta.concrete_fields if field.name not in _KEPT
        ],
    )


def claim(most: int) -> Sequence[Outgoing]:
    """Take at most `most` rows that are due, for as long as a lease lasts; others pass them by."""
    moment = now()
    waiting = Outgoing.objects.filter(failed_at=None, due_at__lte=moment)
    if not waiting.exists():
        return []
    token = uuid.uuid4()
    with writing():
        rows = list(
            waiting.select_for_update(skip_locked=True, of=("self",)).order_by("due_at", "pk")[
                :most
            ]
        )
        mine = Outgoing.objects.filter(pk__in=[row.pk for row in rows])
        mine.update(claim=token, due_at=moment + LEASE)
    for row in rows:
        row.claim, row.due_at = token, moment + LEASE
    return rows


def finish(row: Outgoing, done: Done) -> None:
    """Forget a row that is done; what follows from it is written in the same transaction."""
    with writing():
        done.then()
        Outgoing.objects.filter(pk=row.pk, claim=row.claim).delete()


def put_off(row: Outgoing, until: datetime) -> None:
    """Let a row wait until a moment; that is no failed attempt."""
    _change(row, due_at=until)


def put_back(row: Outgoing, error: NotTaken) -> None:
    """Try a row again later, or give it up."""
    if error.away:
        _change(row, due_at=now() + WHILE_AWAY, error=str(error)[:200])
        return
    tries = row.tries + 1
    if error.for_good or tries > len(RETRIES):
        _change(row, tries=tries, failed_at=now(), error=str(error)[:200])
    else:
        _change(row, tries=tries, due_at=now() + RETRIES[tries - 1], error=str(error)[:200])


def trim() -> int:
    """Forget what was given up long ago; returns how many rows. To be called once a day."""
    with writing():
        return Outgoing.objects.filter(failed_at__lt=now() - KEPT).delete()[0]


def forget_all() -> None:
    """Owe nobody anything: after a restore, what waits may have been sent long ago."""
    with writing():
        Outgoing.objects.all().delete()


def now() -> datetime:
    """This moment."""
    return timezone.now()


def _change(row: Outgoing, **fields: object) -> None:
    with writing():
        Outgoing.objects.filter(pk=row.pk, claim=row.claim).update(claim=None, **fields)
