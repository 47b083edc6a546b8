"""Readers that keep a cursor: each handles every deed once, in order, and survives poison."""

import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import IntegrityError, InterfaceError, OperationalError, connection, transaction
from django.db.models import Q
from django.utils import timezone

from hallway.core.writing import writing
from hallway.journal.models import Cursor, Record, SetAside
from hallway.journal.position import START, Position
from hallway.journal.reader import Deed, position, read
from hallway.journal.writer import hint

log = logging.getLogger(__name__)

TRIES = 3
BATCH = 100
SECONDS = 0.05  # for one transaction: it stops writers on SQLite and other readers on PostgreSQL
TRIMMED = 1000


class Follower:
    """A reader with a durable cursor.

    `name` identifies the cursor; `handle` is called with one deed inside the transaction that
    also moves the cursor, so its effects in the database happen exactly once. `handle` must
    not reach outside the database. A deed at which it fails three times is set aside with its
    error and the reader goes on.
    """

    def __init__(self, name: str, handle: Callable[[Deed], None]) -> None:
        self.name = name
        self.handle = handle
        self._failures: dict[Position, int] = {}

    def begin_now(self) -> None:
        """Create the cursor at the present end, unless it exists: a new reader skips the past."""
        now = position()
        Cursor.objects.get_or_create(reader=self.name, defaults={"xid": now.xid, "seq": now.seq})

    def advance(self) -> int:
        """Handle the next batch and return how many deeds it held; 0 means nothing is waiting."""
        if not self._something_waits():
            return 0
        try:
            return self._step(BATCH)
        except IntegrityError:
            # References are checked at commit, after `handle` has returned: find the deed.
            log.warning("%s: a batch was refused at commit; going on one by one", self.name)
        return self._one_by_one()

    def catch_up(self) -> int:
        """Advance until nothing is waiting; returns the number of deeds handled."""
        total = 0
        while done := self.advance():
            total += done
        return total

    def _something_waits(self) -> bool:
        """Asked outside of the write transaction, which idle readers must not open for nothing."""
        cursor = Cursor.objects.filter(pk=self.name).first()
        place = Position(cursor.xid, cursor.seq) if cursor else START
        return bool(read(place, 1))

    def _step(self, most: int) -> int:
        with writing():
            Cursor.objects.get_or_create(reader=self.name)
            place = self._place()
            done = 0
            enough = time.monotonic() + SECONDS
            for deed in read(place, most):
                if not self._attempt(deed):
                    break
                place = deed.position
                done += 1
                if time.monotonic() > enough:
                    break
            if done:
                self._move(place)
        # Forgotten after the commit only, which may refuse what `handle` did not.
        self._failures = {at: tries for at, tries in self._failures.items() if at > place}
        return done

    def _one_by_one(self) -> int:
        done = 0
        while done < BATCH:
            try:
                moved = self._step(1)
            except IntegrityError as error:
                moved = self._refused(error)
            if not moved:
                break
            done += 1
        return done

    def _refused(self, error: IntegrityError) -> int:
        """Count a failure of the deed at hand, whose transaction was refused at commit."""
        with writing():
            waiting = read(self._place(), 1)
            if not waiting or not self._failed(waiting[0], error):
                return 0
            self._move(waiting[0].position)
        return 1

    def _place(self) -> Position:
        cursor = self._locked()
        return Position(cursor.xid, cursor.seq)

    def _move(self, place: Position) -> None:
        Cursor.objects.filter(pk=self.name).update(xid=place.xid, seq=place.seq)
        # On PostgreSQL this transaction held back what others committed meanwhile.
        hint()

    def _locked(self) -> Cursor:
        cursors = Cursor.objects.filter(pk=self.name)
        if connection.features.has_select_for_update:
            cursors = cursors.select_for_update()
        return cursors.get()

    def _attempt(self, deed: Deed) -> bool:
        try:
            with transaction.atomic():
                self.handle(deed)
        except (OperationalError, InterfaceError):
            # The database itself is in trouble, not the deed: try the whole batch again later.
            raise
        except Exception as error:  # noqa: BLE001 - logged, and set aside after three tries
            return self._failed(deed, error)
        return True

    def _failed(self, deed: Deed, error: Exception) -> bool:
        tries = self._failures.get(deed.position, 0) + 1
        self._failures[deed.position] = tries
        log.exception("%s failed at %s %s (%d)", self.name, deed.position, deed.verb, tries)
        if tries < TRIES:
            return False
        SetAside.objects.get_or_create(
            reader=self.name,
            xid=deed.position.xid,
            seq=deed.position.seq,
            defaults={"verb": deed.verb, "error": repr(error)[:2000]},
        )
        self._failures.pop(deed.position, None)
        return True


def oldest_waiting() -> datetime | None:
    """When the oldest deed was done that some reader has not read yet; None if all are read."""
    moments = []
    for cursor in Cursor.objects.all():
        moments += [deed.at for deed in read(Position(cursor.xid, cursor.seq), 1)]
    return min(moments, default=None)


def trim(older_than: timedelta = timedelta(days=14)) -> int:
    """Delete deeds older than `older_than` that every reader has passed; returns how many.

    Goes in steps of at most `TRIMMED` rows, so that nobody waits for the lock.
    """
    passed = Q()
    cursors = [Position(cursor.xid, cursor.seq) for cursor in Cursor.objects.all()]
    if cursors:
        slowest = min(cursors)
        passed = Q(xid__lt=slowest.xid) | Q(xid=slowest.xid, seq__lte=slowest.seq)
    old = Record.objects.filter(passed, at__lt=timezone.now() - older_than).order_by("at")
    total = 0
    while rows := list(old.values_list("pk", flat=True)[:TRIMMED]):
        with writing():
            total += Record.objects.filter(pk__in=rows).delete()[0]
    return total
