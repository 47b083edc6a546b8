"""How far somebody has read in a conversation."""

from django.db import models


class ThreadMark(models.Model):
    """`upto` is the number of the newest comment that `person` had before them in `thread`.

    What others say after it is new to them. A mark of a conversation not opened for long goes away
    (`hallway/entries/actions/reading.py`); without one nothing in it counts as new, except in
    what one has lately written oneself.
    """

    person = models.ForeignKey(
        "people.Person", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    thread = models.ForeignKey("entries.Entry", on_delete=models.CASCADE, related_name="+")
    upto = models.BigIntegerField()
    opened_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "thread"], name="thread_mark_once")
        ]
        indexes = [models.Index(fields=["opened_at"], name="thread_mark_age")]

    def __str__(self) -> str:
        return f"{self.person_id} in {self.thread_id} up to {self.upto}"
