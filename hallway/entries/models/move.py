"""That an entry was moved from one space to another."""

from django.db import models
from django.db.models.functions import Now

from hallway.core.guarding import Guarded


class Move(models.Model):
    """A line in the history of an entry; where it came from only those read who may know of it."""

    entry = models.ForeignKey("entries.Entry", on_delete=models.CASCADE, related_name="moves")
    origin = models.ForeignKey(
        "spaces.Space", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())

    objects: models.Manager["Move"] = Guarded()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.entry_id} moved from {self.origin_id}"
