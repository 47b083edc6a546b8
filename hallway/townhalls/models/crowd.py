"""The crowd in a town hall, as numbers only: how many are there, how often they clapped."""

from datetime import timedelta

from django.db import models

from hallway.core.guarding import Guarded

CHEERS = {"clap": "👏", "heart": "❤️", "idea": "💡", "laugh": "😄"}
"""What one may send to the stage, each with its sign."""


STALE = timedelta(seconds=30)
"""A hub that has not said anything for so long is not counted any more."""


class Cheer(models.Model):
    """How often one sign was sent; nobody knows by whom."""

    hall = models.ForeignKey("townhalls.TownHall", on_delete=models.CASCADE, related_name="cheers")
    kind = models.CharField(max_length=5, choices=list(CHEERS.items()))
    count = models.PositiveIntegerField(default=0)

    objects: models.Manager["Cheer"] = Guarded()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["hall", "kind"], name="cheer_once")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.count}"


class Presence(models.Model):
    """How many people's screens one hub holds in a hall, as of `at`; the sum is who is there."""

    hall = models.ForeignKey(
        "townhalls.TownHall", on_delete=models.CASCADE, related_name="presences"
    )
    hub = models.CharField(max_length=32)
    people = models.PositiveIntegerField()
    at = models.DateTimeField()

    objects: models.Manager["Presence"] = Guarded()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["hall", "hub"], name="presence_once")]

    def __str__(self) -> str:
        return f"{self.people} with {self.hub}"
