"""Which entry a share carries."""

from django.db import models

from hallway.core.guarding import Guarded


class Share(models.Model):
    """What the entry of kind "share" carries: another entry, or nothing if its space is gone.

    That it is carried gives nobody a right to see it.
    """

    entry = models.OneToOneField(
        "entries.Entry", primary_key=True, on_delete=models.CASCADE, related_name="share"
    )
    original = models.ForeignKey(
        "entries.Entry", null=True, on_delete=models.SET_NULL, related_name="shares"
    )

    objects: models.Manager["Share"] = Guarded()

    def __str__(self) -> str:
        return f"{self.original_id} shared as {self.entry_id}"
