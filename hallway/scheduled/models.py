"""What waits for its time. It is no entry, so that no door to entries can show it too early."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from hallway.core.guarding import Guarded
from hallway.core.text import excerpt, render


class Scheduled(models.Model):
    """The words of a post that `person` wants to be published in `space` at `due_at`.

    It goes with the commit that publishes it, so that it is published once. Where that was not
    allowed any more at its time, `refused_at` is set and the words stay. `key` is the form's number
    for this deed: sent twice, it is kept once.
    """

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="+")
    space = models.ForeignKey("spaces.Space", null=True, on_delete=models.SET_NULL)
    title = models.CharField(max_length=200, blank=True, default="")
    text = models.TextField()
    due_at = models.DateTimeField()
    refused_at = models.DateTimeField(null=True)
    written_at = models.DateTimeField(db_default=Now())
    key = models.UUIDField()

    objects: models.Manager["Scheduled"] = Guarded()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="scheduled_key_once")]
        indexes = [
            models.Index(
                fields=["due_at"], condition=Q(refused_at__isnull=True), name="scheduled_due"
            )
        ]

    def __str__(self) -> str:
        return f"scheduled {self.pk} of {self.person_id}"

    @property
    def url(self) -> str:
        """Where its author changes it."""
        return f"/scheduled/{self.pk}"

    @property
    def opening(self) -> str:
        """How its words begin, without marks."""
        return excerpt(render(self.text[:1000], people={}).plain, 300)


class Picture(models.Model):
    """A picture of what is scheduled, with its files as in `entries.Attachment`."""

    scheduled = models.ForeignKey(Scheduled, on_delete=models.CASCADE, related_name="pictures")
    place = models.PositiveSmallIntegerField()
    stored = models.JSONField()
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    alt = models.CharField(max_length=300, blank=True, default="")

    objects: models.Manager["Picture"] = Guarded()

    class Meta:
        ordering = ["place", "pk"]

    def __str__(self) -> str:
        return f"picture {self.place} of {self.scheduled_id}"

    @property
    def url(self) -> str:
        """Where the author of what is scheduled sees it."""
        return f"/scheduled/images/{self.pk}"
