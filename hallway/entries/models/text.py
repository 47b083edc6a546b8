"""The words of an entry and what they were before."""

from django.db import models
from django.db.models.functions import Now

from hallway.core.guarding import Guarded


class Text(models.Model):
    """Words of every kind: Markdown as written, safe HTML made from it, and plain text."""

    entry = models.OneToOneField(
        "entries.Entry", primary_key=True, on_delete=models.CASCADE, related_name="text"
    )
    title = models.CharField(max_length=200, blank=True, default="")
    source = models.TextField()
    html = models.TextField()
    plain = models.TextField()

    objects: models.Manager["Text"] = Guarded()

    def __str__(self) -> str:
        return self.plain[:60]


class Revision(models.Model):
    """The words before an edit, kept for everybody who may see the entry."""

    entry = models.ForeignKey("entries.Entry", on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=200, blank=True, default="")
    source = models.TextField()
    by = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())

    objects: models.Manager["Revision"] = Guarded()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "number"], name="revision_once")]
        ordering = ["number"]

    def __str__(self) -> str:
        return f"{self.entry_id} before edit {self.number}"
