"""Images that belong to an entry."""

from django.db import models
from django.urls import reverse

from hallway.core.guarding import Guarded


class Attachment(models.Model):
    """An image of an entry, re-encoded by us; `stored` maps a width to a file's name."""

    entry = models.ForeignKey("entries.Entry", on_delete=models.CASCADE, related_name="attachments")
    place = models.PositiveSmallIntegerField()
    stored = models.JSONField()
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    alt = models.CharField(max_length=300, blank=True, default="")

    objects: models.Manager["Attachment"] = Guarded()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "place"], name="attachment_place")]
        ordering = ["place"]

    def __str__(self) -> str:
        return f"image {self.place} of {self.entry_id}"

    @property
    def url(self) -> str:
        """Address of the largest variant."""
        return self._address(max(int(width) for width in self.stored))

    @property
    def thumb_url(self) -> str:
        """Address of the smallest variant."""
        return self._address(min(int(width) for width in self.stored))

    def _address(self, width: int) -> str:
        return reverse("entries:image", args=[self.pk, width])
