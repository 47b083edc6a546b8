"""The #tags found in the words of an entry."""

from django.db import models

from hallway.core.guarding import Guarded


class EntryTag(models.Model):
    """One tag of one entry; `listed` repeats the entry's place, so one index serves the stream."""

    entry = models.ForeignKey("entries.Entry", on_delete=models.CASCADE, related_name="tagged")
    tag = models.CharField(max_length=60)
    listed = models.BigIntegerField(null=True)

    objects: models.Manager["EntryTag"] = Guarded()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "tag"], name="tag_once")]
        indexes = [models.Index(fields=["tag", "listed"], name="tag_stream")]

    def __str__(self) -> str:
        return f"#{self.tag}"
