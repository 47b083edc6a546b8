"""Which conversations somebody follows or has muted."""

from django.db import models


class ThreadChoice(models.Model):
    """What `person` chose to hear of a conversation; `thread` is the entry it hangs on."""

    class Choice(models.TextChoices):
        FOLLOWED = "followed"
        MUTED = "muted"

    person = models.ForeignKey(
        "people.Person", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    thread = models.ForeignKey(
        "entries.Entry", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    choice = models.CharField(max_length=8, choices=Choice.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "thread"], name="thread_choice_once")
        ]
        # Who follows a conversation is asked for each comment in it.
        indexes = [
            models.Index(fields=["thread", "choice", "person"], name="thread_choice_of_thread")
        ]

    def __str__(self) -> str:
        return f"{self.thread_id} {self.choice} by {self.person_id}"
