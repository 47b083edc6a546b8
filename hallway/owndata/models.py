"""Tables of downloads that were asked for, and of people who are about to go."""

from datetime import timedelta

from django.db import models
from django.db.models.functions import Now

from hallway.people.models import Person

GRACE = timedelta(days=7)
"""So long somebody who goes may come back; so long a download lies ready."""


class Download(models.Model):
    """All data of one person, asked for, then made by the worker, then there for a week.

    `begun_at` is when somebody began to make it, `stored` is the name of the file. `is_refused`
    says that there was no room for it.
    """

    person = models.OneToOneField(
        Person, primary_key=True, on_delete=models.CASCADE, related_name="+"
    )
    asked_at = models.DateTimeField(db_default=Now())
    begun_at = models.DateTimeField(null=True)
    ready_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)
    stored = models.CharField(max_length=60, blank=True, default="")
    size = models.PositiveBigIntegerField(default=0)
    is_refused = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"download for {self.person_id}"

    @property
    def is_ready(self) -> bool:
        """Whether it can be fetched."""
        return bool(self.stored)


class Farewell(models.Model):
    """Somebody goes: signed out now, erased at `due_at` unless they are kept until then.

    `words` says whether what they published goes with them. `by` is the administrator who does it
    for them. `digest` is the SHA-256 of the token in the mail that keeps the account.
    """

    person = models.OneToOneField(
        Person, primary_key=True, on_delete=models.CASCADE, related_name="+"
    )
    digest = models.CharField(max_length=64, unique=True)
    asked_at = models.DateTimeField(db_default=Now())
    due_at = models.DateTimeField(db_index=True)
    words = models.BooleanField()
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    def __str__(self) -> str:
        return f"farewell of {self.person_id}"
