"""What a person has put by to find again; nobody else learns of it."""

from django.db import models
from django.db.models.functions import Now

from hallway.core.guarding import Guarded


class Bookmark(models.Model):
    """One person keeps one entry; the number says in which order they were saved."""

    entry = models.ForeignKey("entries.Entry", on_delete=models.CASCADE, related_name="bookmarks")
    person = models.ForeignKey(
        "people.Person", on_delete=models.CASCADE, related_name="bookmarks", db_index=False
    )
    at = models.DateTimeField(db_default=Now())

    objects: models.Manager["Bookmark"] = Guarded()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "person"], name="bookmark_once")]
        indexes = [models.Index(fields=["person", "id"], name="bookmark_list")]

    def __str__(self) -> str:
        return f"{self.entry_id} saved by {self.person_id}"
