"""How somebody wants to be told: by which ways of which kinds, and how much of each space.

Only what differs from the usual is stored (`hallway/notifications/channels.py`), so what is usual
may change for everybody who never chose.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from hallway.notifications.models.notification import Notification


class Choice(models.Model):
    """By which ways `person` wants to hear of news of one kind, wherever it happens."""

    person = models.ForeignKey(
        "people.Person", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    kind = models.CharField(max_length=8, choices=Notification.Kind.choices)
    bell = models.BooleanField()
    mail = models.BooleanField()
    push = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "kind"], name="choice_once")]

    def __str__(self) -> str:
        return f"{self.kind} for {self.person_id}"


class Attention(models.Model):
    """How much `person` wants to hear of what is written in a space; without a row: highlights."""

    class Level(models.TextChoices):
        ALL = "all", _("All posts")
        HIGHLIGHTS = "some", _("Mentions and replies")
        NOTHING = "nothing", _("Nothing")

    person = models.ForeignKey(
        "people.Person", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    space = models.ForeignKey(
        "spaces.Space", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    level = models.CharField(max_length=8, choices=Level.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "space"], name="attention_once"),
            models.CheckConstraint(
                condition=~models.Q(level="some"), name="attention_only_if_unusual"
            ),
        ]
        # Who wants to hear of every post of a space is asked for each of them.
        indexes = [models.Index(fields=["space", "level", "person"], name="attention_of_space")]

    def __str__(self) -> str:
        return f"{self.level} of {self.space_id} for {self.person_id}"
