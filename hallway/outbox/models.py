"""The table of what waits to be sent."""

import uuid

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now


class Outgoing(models.Model):
    """One mail or push that is owed to `person`: what it is about (ids), never its words.

    `kind` names who writes and sends it (`outbox.kinds`), `key` the thing itself, which waits once.
    Whoever sends it writes their `claim` and moves `due_at` to the end of their lease: if they die,
    it is due again by then. `number` is the same in every attempt, so that a receiver can tell a
    repetition. `failed_at` is when it was given up, after so many `tries`.
    """

    kind = models.CharField(max_length=12)
    key = models.CharField(max_length=80)
    person = models.ForeignKey(
        "people.Person", null=True, on_delete=models.CASCADE, related_name="+"
    )
    about = models.JSONField(default=dict)
    number = models.UUIDField(default=uuid.uuid4, editable=False)
    posted_at = models.DateTimeField(db_default=Now())
    due_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    claim = models.UUIDField(null=True, editable=False)
    failed_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="outgoing_once")]
        indexes = [
            models.Index(fields=["due_at", "id"], condition=Q(failed_at=None), name="outgoing_due")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
