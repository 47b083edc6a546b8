"""Pictures that somebody has sent ahead for an entry they are still writing."""

from django.db import models
from django.db.models.functions import Now
from django.urls import reverse

from hallway.core.guarding import Guarded


class Upload(models.Model):
    """A picture re-encoded by us that no entry shows yet; nobody but its owner may see it.

    `stored` maps a width to a file's name, as in `Attachment`, which takes it over.
    """

    person = models.ForeignKey("people.Person", on_delete=models.CASCADE, related_name="uploads")
    stored = models.JSONField()
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    at = models.DateTimeField(db_default=Now(), db_index=True)

    objects: models.Manager["Upload"] = Guarded()

    def __str__(self) -> str:
        return f"upload {self.pk} of {self.person_id}"

    @property
    def url(self) -> str:
        """Address at which its owner sees it, in the smallest variant."""
        return reverse("entries:kept", args=[self.pk])
