"""Tables of the journal: rows, incarnation, readers' cursors and what they set aside."""

import uuid
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.functions import Now


class CurrentTransaction(models.Func):
    """The number of the writing transaction; 0 on SQLite, where the sequence alone is in order."""

    template = "0"

    def as_postgresql(self, compiler: Any, connection: BaseDatabaseWrapper) -> Any:
        return self.as_sql(compiler, connection, template="(pg_current_xact_id()::text::bigint)")


class Record(models.Model):
    """One deed. Ids are plain numbers, so that rows outlive what they name and can be trimmed."""

    seq = models.BigAutoField(primary_key=True)
    xid = models.BigIntegerField(
        db_default=CurrentTransaction(output_field=models.BigIntegerField()), editable=False
    )
    at = models.DateTimeField(db_default=Now())
    verb = models.CharField(max_length=40)
    actor_id = models.BigIntegerField(null=True)
    space_id = models.BigIntegerField(null=True)
    entry_id = models.BigIntegerField(null=True)
    person_id = models.BigIntegerField(null=True)
    session = models.CharField(max_length=64, blank=True, default="")
    detail = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["xid", "seq"], name="journal_order"),
            models.Index(fields=["at"], name="journal_age"),
        ]

    def __str__(self) -> str:
        return f"{self.xid}.{self.seq} {self.verb}"


class Incarnation(models.Model):
    """One row: which life of the journal this is; a restore begins a new one."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    name = models.UUIDField(default=uuid.uuid4)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="journal_one_incarnation")
        ]

    def __str__(self) -> str:
        return str(self.name)


class Cursor(models.Model):
    """How far a reader has come; moved in the same transaction as what the reader did."""

    reader = models.CharField(max_length=40, primary_key=True)
    xid = models.BigIntegerField(default=0)
    seq = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.reader} at {self.xid}.{self.seq}"


class SetAside(models.Model):
    """A row a reader failed at three times; kept for the operator, so that the stream goes on."""

    reader = models.CharField(max_length=40)
    xid = models.BigIntegerField()
    seq = models.BigIntegerField()
    verb = models.CharField(max_length=40)
    error = models.TextField()
    at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reader", "xid", "seq"], name="journal_set_aside_once")
        ]

    def __str__(self) -> str:
        return f"{self.reader} {self.xid}.{self.seq}: {self.error[:60]}"
